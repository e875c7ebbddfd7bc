/** The empty roster that an office hands out: headers that are all known, and an example on a second sheet. */
import { templateColumns } from '#domain/roster/template.ts'
import { saveBlob } from '#app/platform/save-file.ts'
import { writeWorkbook, type WorkbookSheet } from '#app/platform/workbook-file.ts'
import type { TemplateWords } from './import-records.ts'

export async function saveTemplate(words: TemplateWords): Promise<void> {
  saveBlob(`${words.file}.xlsx`, await writeWorkbook(templateSheets(words)))
}

export function templateSheets({
  sheet,
  example,
  above,
}: Omit<TemplateWords, 'file'>): readonly WorkbookSheet[] {
  const columns = templateColumns.map(({ header, width }) => ({ header, width }))
  return [
    { name: sheet, above: [above], columns, rows: [templateColumns.map(({ hint }) => hint)] },
    {
      name: example,
      above: [],
      columns,
      rows: [0, 1].map((at) => templateColumns.map(({ examples }) => examples[at] ?? '')),
    },
  ]
}
