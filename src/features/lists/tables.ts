import type { Generated } from "kysely"

export interface ListsTables {
  saved_list: {
    id: Generated<number>
    account_id: number
    name: string
    /** what the address of the students' list asks for: « class=4&sex=F&col=matricule.birth » */
    query: string
    /** 1: everybody who sees the list of students finds it beside the list */
    shared: Generated<number>
    created_at: string
    updated_at: string
  }
  list_export: {
    id: Generated<number>
    at: string
    account_id: number
    format: "csv" | "xlsx"
    query: string
    /** filters and columns in words, as they were called that day */
    filters: string
    columns: string
    rows: number
    /** 1: phones, addresses, births and parents were masked */
    masked: number
  }
}
