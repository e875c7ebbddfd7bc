/** A file by what it is, whatever it is called. */
import type { Sheet } from '#domain/roster/sheet.ts'
import { readCsv } from './csv.ts'
import { FileFault, type FileNotice } from './file-fault.ts'
import { readWorkbook, type OnRows } from './workbook.ts'

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
  if (kind === 'old') throw new FileFault(isEncrypted(bytes) ? 'encrypted' : 'old-xls')
  if (kind === 'other') throw new FileFault('not-a-table')
  const isBook = /\.xls[xm]?$/i.test(file.name)
  if (isBook !== (kind === 'zip')) notices.add('renamed')
  const sheets =
    kind === 'zip'
      ? await readWorkbook(bytes, (notice) => notices.add(notice), onRows)
      : [readCsv(bytes, file.name.replace(/\.[^.]*$/, ''))]
  return { sheets, notices: [...notices] }
}

type FileKind = 'zip' | 'old' | 'text' | 'other'

const beginnings: readonly (readonly [FileKind, readonly number[]])[] = [
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['zip', [0x50, 0x4b, 0x05, 0x06]],
  ['old', [0xd0, 0xcf, 0x11, 0xe0]],
  ['other', [0x25, 0x50, 0x44, 0x46]], // PDF
  ['other', [0xff, 0xd8, 0xff]], // a photograph
  ['other', [0x89, 0x50, 0x4e, 0x47]],
  ['other', [0x52, 0x61, 0x72, 0x21]], // RAR
  ['other', [0x37, 0x7a, 0xbc, 0xaf]], // 7z
  ['other', [0x3c, 0x68, 0x74, 0x6d, 0x6c]], // <html: a web page that calls itself .xls
  ['other', [0x3c, 0x3f, 0x78, 0x6d, 0x6c]],
  ['other', [0x3c, 0x21]],
]

function kindOf(bytes: Uint8Array): FileKind {
  const found = beginnings.find(([, start]) => start.every((byte, at) => bytes[at] === byte))
  return found?.[0] ?? 'text'
}

/** A workbook with a password lies in a container of the old format, under a name in UTF-16. */
function isEncrypted(bytes: Uint8Array): boolean {
  const name = [...'EncryptedPackage'].flatMap((letter) => [letter.charCodeAt(0), 0])
  const last = bytes.length - name.length
  for (let at = 512; at <= last; at += 128) {
    // Entries of the directory are 128 bytes long and begin with their name.
    if (name.every((byte, offset) => bytes[at + offset] === byte)) return true
  }
  return false
}
