/** Tables as a workbook of several sheets, handed to the person; fetched when somebody asks for one. */
import { saveBlob } from './save-file.ts'
import { writeWorkbook, type WorkbookSheet } from './workbook-file.ts'

export type { WorkbookSheet }

export async function saveWorkbook(file: string, sheets: readonly WorkbookSheet[]): Promise<void> {
  saveBlob(file, await writeWorkbook(sheets))
}
