import type { Feature } from "../feature.ts"
import { accounts } from "./accounts/index.ts"
import { bulletins } from "./bulletins/index.ts"
import { classes } from "./classes/index.ts"
import { enrolment } from "./enrolment/index.ts"
import { families } from "./families/index.ts"
import { grades } from "./grades/index.ts"
import { help } from "./help/index.ts"
import { home } from "./home/index.ts"
import { imports } from "./imports/index.ts"
import { links } from "./links/index.ts"
import { lists } from "./lists/index.ts"
import { messages } from "./messages/index.ts"
import { papers } from "./papers/index.ts"
import { people } from "./people/index.ts"
import { school } from "./school/index.ts"

/** Every feature, in menu order. */
export const features: readonly Feature[] = [
  home,
  lists,
  people,
  enrolment,
  papers,
  imports,
  grades,
  bulletins,
  families,
  links,
  messages,
  classes,
  school,
  accounts,
  help,
]
