/** A workbook of Excel, WPS, LibreOffice or any program (ISO/IEC 29500): its sheets with their values, and what of them is hidden. */
import type { Sheet } from '#domain/roster/sheet.ts'
import { FileFault, type FileNotice } from './file-fault.ts'
import { createSheetReader, mostRows } from './sheet-xml.ts'
import { builtInFormat, formatOf, type NumberFormat } from './number-format.ts'
import { attributeOf, createXmlReader, decodeEscapes, type XmlListener } from './xml.ts'
import type { Archive } from './zip.ts'

/** Told now and then how many rows were read; may throw to stop. */
export type OnRows = (rows: number) => Promise<void> | void

export async function readWorkbook(
  archive: Archive,
  onNotice: (notice: FileNotice) => void,
  onRows: OnRows,
): Promise<Sheet[]> {
  if (archive.names.some((name) => /vbaProject\.bin$/i.test(name))) onNotice('macros')
  const book = findBook(archive)
  const relations = readRelations(archive, book)
  const { sheets, from1904 } = readBook(archive, book, relations)
  const partOf = (kind: string) =>
    [...relations.values()].find(({ type }) => type.endsWith(`/${kind}`))?.target ??
    `${folderOf(book)}${kind}.xml`
  const strings = readStrings(archive, partOf('sharedStrings'))
  const formats = readFormats(archive, partOf('styles'))
  const read: Sheet[] = []
  let rows = 0
  for (const { name, path, isHidden } of sheets) {
    const pieces = archive.read(path)
    // A sheet that the book names and the file has not: its people would be missing without a word.
    if (!pieces) throw new FileFault('damaged')
    const reader = createSheetReader({ strings, formats, from1904, onNotice })
    const decoder = new TextDecoder()
    for (const piece of pieces) {
      reader.push(decoder.decode(piece, { stream: true }))
      await onRows(rows + reader.rows.length)
    }
    reader.push(decoder.decode())
    reader.end()
    rows += reader.rows.length
    if (rows > mostRows) throw new FileFault('too-many-rows')
    read.push({
      name,
      rows: reader.rows,
      merged: reader.merged,
      hiddenColumns: reader.hiddenColumns,
      ...(isHidden ? { hidden: true } : {}),
      ...(from1904 ? { from1904: true } : {}),
    })
  }
  return read
}

/** False of an archive that holds something else. */
export function isWorkbook(archive: Archive): boolean {
  return /workbook[^/]*\.xml$/i.test(findBook(archive)) && archive.has(findBook(archive))
}

function findBook(archive: Archive): string {
  const named = [...readRelations(archive, '').values()].find(({ type }) =>
    type.endsWith('/officeDocument'),
  )
  return named?.target ?? 'xl/workbook.xml'
}

interface SheetPlace {
  readonly name: string
  readonly path: string
  readonly isHidden: boolean
}

function readBook(archive: Archive, book: string, relations: ReadonlyMap<string, Relation>) {
  const sheets: SheetPlace[] = []
  let from1904 = false
  readPart(archive, book, {
    open(name, attributes) {
      if (name === 'workbookPr') {
        from1904 = /^(1|true)$/.test(attributeOf(attributes, 'date1904') ?? '')
      } else if (name === 'sheet') {
        // The plain `id` of a sheet is `sheetId`; the one with a prefix names its part.
        const id = Object.keys(attributes).find((key) => /:id$/.test(key))
        const relation = relations.get(attributes[id ?? ''] ?? '')
        // Charts and macros have sheets of their own, which hold no rows.
        if (!relation?.type.endsWith('/worksheet')) return
        const isHidden = (attributeOf(attributes, 'state') ?? 'visible') !== 'visible'
        sheets.push({
          name: decodeEscapes(attributeOf(attributes, 'name') ?? ''),
          path: relation.target,
          isHidden,
        })
      }
    },
  })
  return { sheets, from1904 }
}

/** A small part, whole; nothing where there is none. */
function readPart(archive: Archive, path: string, listener: Partial<XmlListener>): void {
  const text = archive.text(path)
  if (text === null) return
  const reader = createXmlReader({ ...deaf, ...listener })
  reader.push(text)
  reader.end()
}

const deaf: XmlListener = { open: () => undefined, close: () => undefined, text: () => undefined }

const folderOf = (path: string) => path.replace(/[^/]*$/, '')

interface Relation {
  readonly type: string
  readonly target: string
}

/** Of a part, or of the whole archive where `path` is empty. */
function readRelations(archive: Archive, path: string): ReadonlyMap<string, Relation> {
  const relations = new Map<string, Relation>()
  readPart(archive, path.replace(/([^/]*)$/, '_rels/$1.rels'), {
    open(name, attributes) {
      if (name !== 'Relationship') return
      relations.set(attributeOf(attributes, 'Id') ?? '', {
        type: attributeOf(attributes, 'Type') ?? '',
        target: resolve(folderOf(path), attributeOf(attributes, 'Target') ?? ''),
      })
    },
  })
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

const mostStrings = 4_000_000
const mostCharacters = 200 * 1024 * 1024

/** Texts that cells share; readings of characters (rPh) are no part of them. */
function readStrings(archive: Archive, path: string): string[] {
  const strings: string[] = []
  let text = ''
  let characters = 0
  let isText = false
  let inReading = false
  const reader = createXmlReader({
    open(name) {
      if (name === 'si') text = ''
      else if (name === 'rPh') inReading = true
      else if (name === 't') isText = !inReading
    },
    close(name) {
      if (name === 't') isText = false
      else if (name === 'rPh') inReading = false
      else if (name === 'si') {
        strings.push(decodeEscapes(text))
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
  const pieces = archive.read(path)
  if (!pieces) return strings
  const decoder = new TextDecoder()
  for (const piece of pieces) {
    reader.push(decoder.decode(piece, { stream: true }))
  }
  reader.push(decoder.decode())
  reader.end()
  return strings
}

function readFormats(archive: Archive, path: string): (NumberFormat | null)[] {
  const byId = new Map<number, NumberFormat | null>()
  const formats: (NumberFormat | null)[] = []
  let isInCells = false
  readPart(archive, path, {
    open(name, attributes) {
      if (name === 'numFmt') {
        const code = attributeOf(attributes, 'formatCode') ?? ''
        byId.set(Number(attributeOf(attributes, 'numFmtId')), formatOf(code))
      } else if (name === 'cellXfs') isInCells = true
      else if (name === 'xf' && isInCells) {
        const id = Number(attributeOf(attributes, 'numFmtId') ?? 0)
        formats.push(byId.has(id) ? (byId.get(id) ?? null) : builtInFormat(id))
      }
    },
    close(name) {
      if (name === 'cellXfs') isInCells = false
    },
  })
  return formats
}
