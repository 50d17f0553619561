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
import * as peopleDetails from "./0014_people_details.ts"
import * as photos from "./0015_photos.ts"
import * as scans from "./0016_scans.ts"
import * as medical from "./0017_medical.ts"
import * as privacy from "./0018_privacy.ts"
import * as corrections from "./0019_corrections.ts"
import * as doubles from "./0020_doubles.ts"
import * as reenrolment from "./0021_reenrolment.ts"
import * as importUpdates from "./0022_import_updates.ts"
import * as progress from "./0023_progress.ts"
import * as council from "./0024_council.ts"
import * as reports from "./0025_reports.ts"
import * as batches from "./0026_batches.ts"
import * as bulletinModels from "./0027_bulletin_models.ts"

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
  "0014_people_details": peopleDetails,
  "0015_photos": photos,
  "0016_scans": scans,
  "0017_medical": medical,
  "0018_privacy": privacy,
  "0019_corrections": corrections,
  "0020_doubles": doubles,
  "0021_reenrolment": reenrolment,
  "0022_import_updates": importUpdates,
  "0023_progress": progress,
  "0024_council": council,
  "0025_reports": reports,
  "0026_batches": batches,
  "0027_bulletin_models": bulletinModels,
}
