/** Tags and the text behind them, as they stream past: enough of XML for workbooks, whoever wrote them. */
import { FileFault } from './file-fault.ts'

export interface XmlListener {
  /** `attributes` as they are written; `empty`: it closes itself. Names without their prefix. */
  open(name: string, attributes: string, empty: boolean): void
  close(name: string): void
  text(text: string): void
}

const token = /<([^>]*)>([^<]*)/g
/** No tag and no text of a cell is longer: a cell holds 32,767 characters. */
const longest = 1024 * 1024

export interface XmlReader {
  push(chunk: string): void
  end(): void
}

export function createXmlReader(listener: XmlListener): XmlReader {
  let rest = ''
  const read = (input: string, isLast: boolean) => {
    token.lastIndex = 0
    let done = 0
    for (let match = token.exec(input); match; match = token.exec(input)) {
      // The text may go on in the next piece.
      if (!isLast && token.lastIndex >= input.length) break
      tell(listener, match[1] ?? '', match[2] ?? '')
      done = token.lastIndex
    }
    return input.slice(done)
  }
  return {
    push(chunk) {
      // What only goes on is not looked at again and again.
      rest = chunk.includes('<') ? read(rest + chunk, false) : rest + chunk
      if (rest.length > longest) throw new FileFault('damaged')
    },
    end() {
      rest = read(rest, true)
    },
  }
}

function tell(listener: XmlListener, tag: string, text: string): void {
  const first = tag.charCodeAt(0)
  if (first === 47)
    listener.close(localName(tag.slice(1))) // '/'
  else if (first !== 63 && first !== 33) {
    // Neither a declaration nor a comment.
    const empty = tag.charCodeAt(tag.length - 1) === 47
    const space = endOfName(tag)
    const name = localName(tag.slice(0, space))
    listener.open(name, tag.slice(space), empty)
    if (empty) listener.close(name)
  }
  if (text !== '') listener.text(text)
}

function endOfName(tag: string): number {
  for (let at = 0; at < tag.length; at += 1) {
    const code = tag.charCodeAt(at)
    // A blank of any kind, or the slash of a tag that closes itself.
    if (code <= 32 || code === 47) return at
  }
  return tag.length
}

function localName(name: string): string {
  const colon = name.indexOf(':')
  return (colon === -1 ? name : name.slice(colon + 1)).trim()
}

const patterns = new Map<string, RegExp>()

function patternOf(name: string): RegExp {
  const known = patterns.get(name)
  if (known) return known
  const made = new RegExp(`(?:^|\\s)(?:\\w+:)?${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`)
  patterns.set(name, made)
  return made
}

export function attributeOf(attributes: string, name: string): string | null {
  const found = patternOf(name).exec(attributes)
  return found ? decodeXml(found[1] ?? found[2] ?? '') : null
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
}

/** Entities, and what Excel writes as `_x000D_`. */
export function decodeXml(text: string): string {
  const plain = text.includes('&')
    ? text.replace(
        /&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi,
        (all, hex?: string, decimal?: string, name?: string) => {
          if (name !== undefined) return entities[name] ?? all
          const code = hex === undefined ? Number(decimal) : parseInt(hex, 16)
          return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
        },
      )
    : text
  return plain.includes('_x')
    ? plain.replace(/_x([\dA-F]{4})_/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    : plain
}
