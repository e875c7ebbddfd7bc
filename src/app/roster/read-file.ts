/** A file by what it is, whatever it is called. */
import type { Sheet } from '#domain/roster/sheet.ts'
import { readCsv } from './csv.ts'
import { FileFault, type FileNotice } from './file-fault.ts'
import { kindOf, type FileKind } from './file-kind.ts'
import { isOpenDocument, readOpenDocument } from './open-document.ts'
import { isWorkbook, readWorkbook, type OnRows } from './workbook.ts'
import { openArchive } from './zip.ts'

export interface ReadFile {
  readonly sheets: readonly Sheet[]
  readonly notices: readonly FileNotice[]
}

/** 33,000 rows of twenty columns are some five megabytes. */
export const mostBytes = 60 * 1024 * 1024

/** Throws a FileFault; nothing of the file is kept then. */
export async function readFile(
  file: Pick<File, 'name' | 'size' | 'arrayBuffer'>,
  onRows: OnRows = () => undefined,
): Promise<ReadFile> {
  // Asked before a byte of it is read.
  if (file.size > mostBytes) throw new FileFault('too-large')
  if (file.size === 0) throw new FileFault('empty')
  const bytes = new Uint8Array(await file.arrayBuffer())
  const kind = kindOf(bytes)
  const notices = new Set<FileNotice>()
  if (!endings[kind].test(file.name)) notices.add('renamed')
  const name = file.name.replace(/\.[^.]*$/, '')
  const sheets = await readKind(kind, bytes, name, (notice) => notices.add(notice), onRows)
  return { sheets, notices: [...notices] }
}

/** What a file of each kind is called; old systems call their web pages and XML `.xls`, and Excel opens them. */
const endings: Readonly<Record<FileKind, RegExp>> = {
  archive: /\.(xls[xmb]?|ods|et)$/i,
  old: /\.(xls|et)$/i,
  'xml-2003': /\.(xls|xml)$/i,
  page: /\.(xls|html?|mht(ml)?)$/i,
  pages: /\.(xls|html?|mht(ml)?)$/i,
  text: /\.(csv|txt|tsv)$/i,
  other: /./,
}

async function readKind(
  kind: FileKind,
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
  onNotice: (notice: FileNotice) => void,
  onRows: OnRows,
): Promise<readonly Sheet[]> {
  switch (kind) {
    case 'text':
      return [readCsv(bytes, name)]
    case 'archive': {
      const archive = openArchive(bytes)
      if (isWorkbook(archive)) return readWorkbook(archive, onNotice, onRows)
      if (isOpenDocument(archive)) return readOpenDocument(archive, onNotice, onRows)
      if (!archive.has('xl/workbook.bin')) throw new FileFault('not-a-table')
      const { readBinaryArchive } = await fetched(import('./other-books.ts'))
      return readBinaryArchive(archive, bytes, onNotice)
    }
    case 'old':
    case 'xml-2003': {
      const { readOtherBook } = await fetched(import('./other-books.ts'))
      return readOtherBook(bytes, onNotice)
    }
    case 'page':
    case 'pages': {
      const { readPage, readPages } = await fetched(import('./web-page.ts'))
      return kind === 'page' ? readPage(bytes, name) : readPages(bytes, name)
    }
    case 'other':
      throw new FileFault('not-a-table')
  }
}

/** Readers of rare files are not on every device: they come when the first such file does. */
async function fetched<T>(reader: Promise<T>): Promise<T> {
  try {
    return await reader
  } catch (error) {
    throw new FileFault('no-reader', error)
  }
}
