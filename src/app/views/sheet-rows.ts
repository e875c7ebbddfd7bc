/** The rows of the register's table, as screens name them. */
export type { SheetAnswer } from '#app/register/sheet-answer.ts'
export { createSheetRows } from '#app/register/sheet-rows.ts'
