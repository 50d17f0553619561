import type { Migration } from "kysely"
import * as foundation from "./0001_foundation.ts"
import * as accounts from "./0002_accounts.ts"
import * as school from "./0003_school.ts"
import * as classes from "./0004_classes.ts"
import * as people from "./0005_people.ts"
import * as imports from "./0006_imports.ts"
import * as grades from "./0007_grades.ts"
import * as bulletins from "./0008_bulletins.ts"
import * as messages from "./0009_messages.ts"
import * as links from "./0010_links.ts"
import * as papers from "./0011_papers.ts"
import * as enrolment from "./0012_enrolment.ts"
import * as lists from "./0013_lists.ts"

/** In order, by name; forward only, frozen once released. Named here so that the built program carries them. */
export const migrations: Record<string, Migration> = {
  "0001_foundation": foundation,
  "0002_accounts": accounts,
  "0003_school": school,
  "0004_classes": classes,
  "0005_people": people,
  "0006_imports": imports,
  "0007_grades": grades,
  "0008_bulletins": bulletins,
  "0009_messages": messages,
  "0010_links": links,
  "0011_papers": papers,
  "0012_enrolment": enrolment,
  "0013_lists": lists,
}
