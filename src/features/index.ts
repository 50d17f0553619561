import type { Feature } from "../feature.ts"
import { accounts } from "./accounts/index.ts"
import { bulletins } from "./bulletins/index.ts"
import { classes } from "./classes/index.ts"
import { corrections } from "./corrections/index.ts"
import { council } from "./council/index.ts"
import { doubles } from "./doubles/index.ts"
import { enrolment } from "./enrolment/index.ts"
import { families } from "./families/index.ts"
import { grades } from "./grades/index.ts"
import { help } from "./help/index.ts"
import { home } from "./home/index.ts"
import { imports } from "./imports/index.ts"
import { links } from "./links/index.ts"
import { lists } from "./lists/index.ts"
import { medical } from "./medical/index.ts"
import { messages } from "./messages/index.ts"
import { papers } from "./papers/index.ts"
import { people } from "./people/index.ts"
import { photos } from "./photos/index.ts"
import { placement } from "./placement/index.ts"
import { privacy } from "./privacy/index.ts"
import { progress } from "./progress/index.ts"
import { reenrolment } from "./reenrolment/index.ts"
import { reports } from "./reports/index.ts"
import { scans } from "./scans/index.ts"
import { school } from "./school/index.ts"

/** Every feature, in menu order. */
export const features: readonly Feature[] = [
  home,
  lists,
  people,
  classes,
  placement,
  photos,
  medical,
  papers,
  enrolment,
  reenrolment,
  corrections,
  doubles,
  imports,
  scans,
  grades,
  progress,
  council,
  bulletins,
  reports,
  families,
  links,
  messages,
  school,
  accounts,
  privacy,
  help,
]
