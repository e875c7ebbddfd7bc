/** Workbooks of places and people as files: the empty one that an office is given, and the filled one that it brings. */
import {
  kindLabels,
  mostLines,
  personColumns,
  placeColumns,
  roleLabels,
  type BookLine,
} from '#domain/place-book/book.ts'
import { readBook } from '#domain/place-book/read-book.ts'
import { saveBlob } from '#app/platform/save-file.ts'
import { writeWorkbook, type WorkbookSheet } from '#app/platform/workbook-file.ts'
import { FileFault, type FileNotice, type FileTrouble } from '#app/roster/file-fault.ts'

export type BookTrouble = FileTrouble | 'too-many-lines'

export type ReadBook =
  | {
      readonly ok: true
      readonly lines: readonly BookLine[]
      readonly notices: readonly FileNotice[]
    }
  | { readonly ok: false; readonly trouble: BookTrouble }

/** 5,000 rows are less than half a megabyte; nobody waits for a reader of more. */
const mostBytes = 8 * 1024 * 1024

/** On the thread of the screen: a workbook of places is small. */
export async function readBookFile(
  file: Pick<File, 'name' | 'size' | 'arrayBuffer'>,
): Promise<ReadBook> {
  const no = (trouble: BookTrouble): ReadBook => ({ ok: false, trouble })
  if (file.size > mostBytes) return no('too-large')
  try {
    const { readFile } = await import('#app/roster/read-file.ts')
    const { sheets, notices } = await readFile(file)
    const lines = readBook(sheets)
    if (lines.length === 0) return no('no-table')
    if (lines.length > mostLines) return no('too-many-lines')
    return { ok: true, lines, notices }
  } catch (error) {
    return no(error instanceof FileFault ? error.trouble : 'no-reader')
  }
}

/** In the language of whoever is given it; a workbook is read back in either. */
export interface BookWords {
  readonly language: 'zh-CN' | 'en'
  readonly file: string
  readonly places: string
  readonly people: string
  /** Names of the sheets that show a filled one. */
  readonly placesExample: string
  readonly peopleExample: string
  /** Above the tables: what to write into them. */
  readonly abovePlaces: readonly string[]
  readonly abovePeople: readonly string[]
  readonly examplePlaces: readonly (readonly string[])[]
  readonly examplePeople: readonly (readonly string[])[]
}

export async function saveBookTemplate(words: BookWords): Promise<void> {
  const { language } = words
  const at = language === 'en' ? -1 : 0
  const kinds = Object.entries(kindLabels)
    .filter(([kind]) => kind !== 'subdistrict')
    .map(([kind, labels]) => (language === 'en' ? kind : (labels[0] ?? kind)))
  const roles = Object.values(roleLabels).map((labels) => labels.at(at) ?? '')
  const places = Object.entries(placeColumns).map(([key, column]) => ({
    ...{ header: column[language], width: key === 'name' || key === 'parent' ? 26 : 16 },
    ...(key === 'kind' ? { choices: kinds } : {}),
  }))
  const people = Object.entries(personColumns).map(([key, column]) => ({
    ...{ header: column[language], width: key === 'places' ? 40 : 18 },
    ...(key === 'role' ? { choices: roles } : {}),
  }))
  const sheets: readonly WorkbookSheet[] = [
    { name: words.places, above: words.abovePlaces, columns: places, rows: [] },
    { name: words.people, above: words.abovePeople, columns: people, rows: [] },
    { name: words.placesExample, above: [], columns: places, rows: words.examplePlaces },
    { name: words.peopleExample, above: [], columns: people, rows: words.examplePeople },
  ]
  saveBlob(`${words.file}.xlsx`, await writeWorkbook(sheets))
}
