/** A table on its way into a workbook. */
export type { WorkbookSheet } from '#app/platform/save-workbook.ts'
