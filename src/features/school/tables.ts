import type { Generated } from "kysely"

export interface SchoolTables {
  school_year: {
    id: Generated<number>
    label: string
    starts_on: string
    ends_on: string
    current: Generated<number>
  }
  period: {
    id: Generated<number>
    school_year_id: number
    code: string
    label: string
    position: number
    /** hundredths */
    weight: number
    starts_on: string
    ends_on: string
  }
}
