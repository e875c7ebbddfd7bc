/** XML of workbooks, as it streams past; read by saxes, whoever wrote it. */
import { SaxesParser } from 'saxes'
import { FileFault } from './file-fault.ts'

/** By name as it is written; entities are read. */
export type Attributes = Readonly<Record<string, string>>

export interface XmlListener {
  /** Names without their prefix. */
  open(name: string, attributes: Attributes): void
  close(name: string): void
  /** Also what stands in CDATA. */
  text(text: string): void
}

export interface XmlReader {
  push(chunk: string): void
  end(): void
}

/** No tag and no text of a cell is longer: a cell holds 32,767 characters. */
const longest = 1024 * 1024

/** What a reader may overlook: a letter that XML has no room for, and names of letters that HTML has. */
const overlooked =
  /^(?:disallowed character\.|malformed character entity\.|undefined entity\.|the string "]]>" is disallowed|an XML declaration must be at the start)/

/** Throws a FileFault where the XML is broken off or is none. */
export function createXmlReader(listener: XmlListener): XmlReader {
  const parser = new SaxesParser({ position: false })
  let sinceEvent = 0
  let hasOddEntity = false
  parser.on('opentag', ({ name, attributes }) => {
    sinceEvent = 0
    // Without namespaces, attributes are plain texts.
    listener.open(localName(name), attributes as Attributes)
  })
  parser.on('closetag', ({ name }) => {
    sinceEvent = 0
    listener.close(localName(name))
  })
  parser.on('text', (text) => {
    sinceEvent = 0
    // `&#1;` is left as it was written by the parser; the letter that it means is none.
    listener.text(hasOddEntity ? text.replace(/&#(?:x[\da-f]+|\d+);/gi, '') : text)
    hasOddEntity = false
  })
  parser.on('cdata', (text) => {
    sinceEvent = 0
    listener.text(text)
  })
  parser.on('error', (error) => {
    if (!overlooked.test(error.message)) throw new FileFault('damaged', error)
    hasOddEntity ||= /entity/.test(error.message)
  })
  return {
    push(chunk) {
      sinceEvent += chunk.length
      parser.write(chunk)
      if (sinceEvent > longest + chunk.length) throw new FileFault('damaged')
    },
    end() {
      parser.close()
    },
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

/** The attribute by its name without prefix: some writers put one before every name. */
export function attributeOf(attributes: Attributes, name: string): string | null {
  const plain = attributes[name]
  if (plain !== undefined) return plain
  for (const key in attributes) if (localName(key) === name) return attributes[key] ?? null
  return null
}

/** What Excel writes for a letter that XML has no room for: `_x000D_`. */
export function decodeEscapes(text: string): string {
  return text.includes('_x')
    ? text.replace(/_x([\dA-F]{4})_/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    : text
}
