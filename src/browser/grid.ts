/**
 * Grids of fields filled in by keyboard: arrows, Enter, a column pasted from Excel; and marks saved as they are typed.
 * Without it the same page is one form with its button.
 */

import { showCell } from "./grid/cellbar.ts"
import { Courier } from "./grid/courier.ts"
import { listenToKeys } from "./grid/keys.ts"
import { oneColumn } from "./grid/narrow.ts"
import { pasteBlocks } from "./grid/paste.ts"
import { Table } from "./grid/table.ts"

const form = document.querySelector<HTMLFormElement>("#grid")
if (form) {
  const table = new Table(form)
  const post = document.querySelector<HTMLFormElement>("#courier")
  const courier = post && new Courier(table, post)
  listenToKeys(table, {
    down: courier !== null,
    restore: (input) => courier?.restore(input),
    commit: (input) => courier?.queue([input]),
  })
  pasteBlocks(table, (inputs) => courier?.queue(inputs))
  if (courier) {
    oneColumn(table)
    showCell(table, (input) => courier.queue([input]))
  }
}
