import type { Generated } from "kysely"
import type { AccountsTables } from "../features/accounts/tables.ts"
import type { BulletinsTables } from "../features/bulletins/tables.ts"
import type { ClassesTables } from "../features/classes/tables.ts"
import type { CorrectionsTables } from "../features/corrections/tables.ts"
import type { CouncilTables } from "../features/council/tables.ts"
import type { DoublesTables } from "../features/doubles/tables.ts"
import type { EnrolmentTables } from "../features/enrolment/tables.ts"
import type { GradesTables } from "../features/grades/tables.ts"
import type { ImportsTables } from "../features/imports/tables.ts"
import type { LinksTables } from "../features/links/tables.ts"
import type { ListsTables } from "../features/lists/tables.ts"
import type { MedicalTables } from "../features/medical/tables.ts"
import type { MessagesTables } from "../features/messages/tables.ts"
import type { PapersTables } from "../features/papers/tables.ts"
import type { PeopleTables } from "../features/people/tables.ts"
import type { PhotosTables } from "../features/photos/tables.ts"
import type { PlacementTables } from "../features/placement/tables.ts"
import type { PrivacyTables } from "../features/privacy/tables.ts"
import type { ProgressTables } from "../features/progress/tables.ts"
import type { ReenrolmentTables } from "../features/reenrolment/tables.ts"
import type { ReportsTables } from "../features/reports/tables.ts"
import type { ScansTables } from "../features/scans/tables.ts"
import type { SchoolTables } from "../features/school/tables.ts"

interface FoundationTables {
  setting: { key: string; value: string }
  form_answer: { key: string; claimed_at: string; location: string | null; flash: string | null }
  job_run: {
    job: string
    slot: string
    started_at: string
    ended_at: string | null
    outcome: string | null
    failed: Generated<number>
  }
  audit: {
    id: Generated<number>
    at: string
    account_id: number | null
    subject: string
    subject_id: number
    action: string
    before: string | null
    after: string | null
    reason: string | null
  }
}

/** Every table of one school's database. Text dates are ISO; moments are UTC; flags are 0 or 1. */
export interface Tables
  extends FoundationTables,
    AccountsTables,
    SchoolTables,
    ClassesTables,
    PeopleTables,
    ImportsTables,
    GradesTables,
    BulletinsTables,
    MessagesTables,
    LinksTables,
    PapersTables,
    ListsTables,
    EnrolmentTables,
    CorrectionsTables,
    DoublesTables,
    MedicalTables,
    PhotosTables,
    PlacementTables,
    PrivacyTables,
    ReenrolmentTables,
    ScansTables,
    ProgressTables,
    CouncilTables,
    ReportsTables {}
