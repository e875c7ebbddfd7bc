/** What a file is, by how it begins. */
import { FileFault } from './file-fault.ts'

export type FileKind =
  | 'archive' // a workbook of today, or OpenDocument
  | 'old' // .xls of Excel 97 and before, and of WPS
  | 'xml-2003' // XML of Excel 2003
  | 'page' // a web page with tables
  | 'pages' // web pages in one file (MHTML, RFC 2557)
  | 'text'
  | 'other'

const beginnings: readonly (readonly [FileKind, readonly number[]])[] = [
  ['archive', [0x50, 0x4b, 0x03, 0x04]],
  ['archive', [0x50, 0x4b, 0x05, 0x06]],
  ['old', [0xd0, 0xcf, 0x11, 0xe0]],
  ['old', [0x09, 0x08]], // a stream of BIFF without its container, as some reports are
  ['old', [0x09, 0x04, 0x06]],
  ['old', [0x09, 0x02, 0x06]],
  ['other', [0x25, 0x50, 0x44, 0x46]], // PDF
  ['other', [0xff, 0xd8, 0xff]], // a photograph
  ['other', [0x89, 0x50, 0x4e, 0x47]],
  ['other', [0x52, 0x61, 0x72, 0x21]], // RAR
  ['other', [0x37, 0x7a, 0xbc, 0xaf]], // 7z
]

/** Throws a FileFault of a workbook that asks for a password. */
export function kindOf(bytes: Uint8Array): FileKind {
  const found = beginnings.find(([, start]) => start.every((byte, at) => bytes[at] === byte))
  if (!found) return kindOfText(beginOf(bytes))
  if (found[0] === 'old' && isEncrypted(bytes)) throw new FileFault('encrypted')
  return found[0]
}

const headSize = 4096

/** The letters of ASCII at the beginning, of UTF-16 too. */
function beginOf(bytes: Uint8Array): string {
  const head = bytes.subarray(0, headSize).filter((byte) => byte !== 0)
  return new TextDecoder('latin1').decode(head).replace(/^(?:ï»¿|ÿþ|þÿ)?\s*/, '')
}

/** Tags with which reports begin that call themselves workbooks. */
const pageTags =
  /^(?:<!--[^]*?-->|<\?xml[^>]*>|\s)*<(?:!doctype\s+html|html|head|meta|title|style|link|script|body|div|span|center|font|form|table|thead|tbody|caption|tr|p|b|h\d|br|hr|base)\b/i

function kindOfText(head: string): FileKind {
  if (head.startsWith('<')) {
    if (/urn:schemas-microsoft-com:office:spreadsheet/i.test(head) && !/<html\b/i.test(head)) {
      return 'xml-2003'
    }
    return pageTags.test(head) ? 'page' : 'other'
  }
  const isMail = /^(?:mime-version|from|date|subject|content-\S+|x-\S+):/i.test(head)
  return isMail && /content-type:\s*(?:multipart\/related|text\/html)/i.test(head)
    ? 'pages'
    : 'text'
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
