/** A workbook of Excel, WPS, LibreOffice or any program (ISO/IEC 29500): its visible sheets with their values. */
import type { Sheet } from '#domain/roster/sheet.ts'
import { FileFault, type FileNotice } from './file-fault.ts'
import { createSheetReader, mostRows } from './sheet-xml.ts'
import { attributeOf, createXmlReader, decodeXml } from './xml.ts'
import { openArchive, type Archive } from './zip.ts'

/** Told now and then how many rows were read; may throw to stop. */
export type OnRows = (rows: number) => Promise<void> | void

export async function readWorkbook(
  bytes: Uint8Array<ArrayBuffer>,
  onNotice: (notice: FileNotice) => void,
  onRows: OnRows,
): Promise<Sheet[]> {
  const archive = openArchive(bytes)
  if (archive.names.some((name) => /vbaProject\.bin$/i.test(name))) onNotice('macros')
  const book = await findBook(archive)
  const { sheets, from1904 } = await readBook(archive, book)
  const folder = book.replace(/[^/]*$/, '')
  const strings = await readStrings(archive, await partOf(archive, book, 'sharedStrings', folder))
  const dates = await readDates(archive, await partOf(archive, book, 'styles', folder))
  const read: Sheet[] = []
  let rows = 0
  for (const { name, path } of sheets) {
    const pieces = archive.read(path)
    if (!pieces) continue
    const reader = createSheetReader({ strings, dates, from1904, onNotice })
    const decoder = new TextDecoder()
    for await (const piece of pieces) {
      reader.push(decoder.decode(piece, { stream: true }))
      await onRows(rows + reader.rows.length)
    }
    reader.push(decoder.decode())
    reader.end()
    rows += reader.rows.length
    if (rows > mostRows) throw new FileFault('too-many-rows')
    read.push({ name, rows: reader.rows, merged: reader.merged })
  }
  return read
}

async function findBook(archive: Archive): Promise<string> {
  const relations = await readRelations(archive, '_rels/.rels', '')
  const named = [...relations.values()].find(({ type }) => type.endsWith('/officeDocument'))
  const book = named?.target ?? 'xl/workbook.xml'
  if (archive.names.includes(book) && /workbook/i.test(book)) return book
  const mime = archive.names.includes('mimetype') ? await archive.text('mimetype') : ''
  if (mime?.includes('opendocument')) throw new FileFault('open-document')
  throw new FileFault('not-a-table')
}

async function readBook(archive: Archive, book: string) {
  const relations = await readRelations(
    archive,
    book.replace(/([^/]*)$/, '_rels/$1.rels'),
    book.replace(/[^/]*$/, ''),
  )
  const sheets: { readonly name: string; readonly path: string }[] = []
  let from1904 = false
  const reader = createXmlReader({
    open(name, attributes) {
      if (name === 'workbookPr') {
        from1904 = /^(1|true)$/.test(attributeOf(attributes, 'date1904') ?? '')
      } else if (
        name === 'sheet' &&
        (attributeOf(attributes, 'state') ?? 'visible') === 'visible'
      ) {
        // The plain `id` of a sheet is `sheetId`; the one with a prefix names its part.
        const relation = relations.get(/\w+:id\s*=\s*["']([^"']*)["']/.exec(attributes)?.[1] ?? '')
        if (relation)
          sheets.push({ name: attributeOf(attributes, 'name') ?? '', path: relation.target })
      }
    },
    close: () => undefined,
    text: () => undefined,
  })
  reader.push((await archive.text(book)) ?? '')
  reader.end()
  return { sheets, from1904 }
}

interface Relation {
  readonly type: string
  readonly target: string
}

async function readRelations(
  archive: Archive,
  path: string,
  folder: string,
): Promise<ReadonlyMap<string, Relation>> {
  const relations = new Map<string, Relation>()
  const reader = createXmlReader({
    open(name, attributes) {
      if (name !== 'Relationship') return
      const target = attributeOf(attributes, 'Target') ?? ''
      relations.set(attributeOf(attributes, 'Id') ?? '', {
        type: attributeOf(attributes, 'Type') ?? '',
        target: resolve(folder, target),
      })
    },
    close: () => undefined,
    text: () => undefined,
  })
  reader.push((await archive.text(path)) ?? '')
  reader.end()
  return relations
}

/** `/xl/a.xml`, `worksheets/a.xml` and `../a.xml`, as writers please. */
function resolve(folder: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1)
  const parts: string[] = []
  for (const part of `${folder}${target}`.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}

async function partOf(
  archive: Archive,
  book: string,
  kind: string,
  folder: string,
): Promise<string> {
  const relations = await readRelations(archive, book.replace(/([^/]*)$/, '_rels/$1.rels'), folder)
  const found = [...relations.values()].find(({ type }) => type.endsWith(`/${kind}`))
  return found?.target ?? `${folder}${kind}.xml`
}

const mostStrings = 4_000_000
const mostCharacters = 200 * 1024 * 1024

/** Texts that cells share; readings of characters (rPh) are no part of them. */
async function readStrings(archive: Archive, path: string): Promise<string[]> {
  const strings: string[] = []
  let text = ''
  let characters = 0
  let isText = false
  let inReading = false
  const reader = createXmlReader({
    open(name, _, empty) {
      if (name === 'si') text = ''
      else if (name === 'rPh') inReading = !empty
      else if (name === 't') isText = !inReading && !empty
    },
    close(name) {
      if (name === 't') isText = false
      else if (name === 'rPh') inReading = false
      else if (name === 'si') {
        strings.push(decodeXml(text))
        characters += text.length
        if (strings.length > mostStrings || characters > mostCharacters) {
          throw new FileFault('too-much-inside')
        }
      }
    },
    text(more) {
      if (isText) text += more
    },
  })
  const decoder = new TextDecoder()
  for await (const piece of archive.read(path) ?? nothing) {
    reader.push(decoder.decode(piece, { stream: true }))
  }
  reader.push(decoder.decode())
  reader.end()
  return strings
}

const nothing: readonly Uint8Array[] = []

/** The built-in formats that are dates, in the Chinese edition too. */
const isBuiltInDate = (id: number) =>
  (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)

async function readDates(archive: Archive, path: string): Promise<boolean[]> {
  const formats = new Map<number, boolean>()
  const dates: boolean[] = []
  let inCells = false
  const reader = createXmlReader({
    open(name, attributes) {
      if (name === 'numFmt') {
        const code = attributeOf(attributes, 'formatCode') ?? ''
        formats.set(Number(attributeOf(attributes, 'numFmtId')), isDateFormat(code))
      } else if (name === 'cellXfs') inCells = true
      else if (name === 'xf' && inCells) {
        const id = Number(attributeOf(attributes, 'numFmtId') ?? 0)
        dates.push(formats.get(id) ?? isBuiltInDate(id))
      }
    },
    close(name) {
      if (name === 'cellXfs') inCells = false
    },
    text: () => undefined,
  })
  reader.push((await archive.text(path)) ?? '')
  reader.end()
  return dates
}

/** Years and days, outside of quoted words and of colours and languages in brackets. */
function isDateFormat(code: string): boolean {
  const bare = code.replace(/"[^"]*"|\\.|\[[^\]]*\]|_.|\*./g, '')
  return /y/i.test(bare) || /m.*d|d.*m/i.test(bare)
}
