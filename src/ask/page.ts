/** The browser as the script needs it: the only file that names the network, the store and chance. */
import { writeFollowCode, followCodeBytes } from '#domain/requests/follow-code.ts'

/** One element with its attributes, listeners and children; text is text. */
export function make(
  name: string,
  attributes: Readonly<Record<string, string | ((event: Event) => void)>> = {},
  ...children: readonly (Node | string)[]
): HTMLElement {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'string') element.setAttribute(key, value)
    else element.addEventListener(key, value)
  }
  element.append(...children)
  return element
}

export function find<T extends Element>(selector: string): T | null {
  return document.querySelector<T>(selector)
}

/** What a form says, as the server reads it without a script. */
export function fieldsOf(form: HTMLFormElement): Record<string, string> {
  const fields: Record<string, string> = {}
  new FormData(form).forEach((value, name) => {
    if (typeof value === 'string') fields[name] = value
  })
  return fields
}

export interface Answered {
  readonly status: number
  readonly page: Document | null
  readonly text: string
}

/** Null where the line is gone. */
export async function post(
  path: string,
  fields: Readonly<Record<string, string>>,
  patienceMs = 30_000,
): Promise<Answered | null> {
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
  return send(path, headers, new URLSearchParams(fields).toString(), patienceMs)
}

async function send(
  path: string,
  headers: Readonly<Record<string, string>>,
  body: string | ArrayBuffer,
  patienceMs: number,
): Promise<Answered | null> {
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), patienceMs)
  try {
    const response = await fetch(path, {
      ...{ method: 'POST', credentials: 'omit', cache: 'no-store', signal: stop.signal },
      ...{ headers, body },
    })
    const text = await response.text()
    const isPage = (response.headers.get('content-type') ?? '').startsWith('text/html')
    const page = isPage ? new DOMParser().parseFromString(text, 'text/html') : null
    return { status: response.status, page, text }
  } catch {
    return null
  } finally {
    clearTimeout(timer)
  }
}

/** A piece of a photograph; the follow-up code stands in no address. Null where the line is gone. */
export async function postPiece(
  path: string,
  token: string,
  body: ArrayBuffer,
  patienceMs = 60_000,
): Promise<Answered | null> {
  return send(
    path,
    { 'Content-Type': 'application/octet-stream', ...bearer(token) },
    body,
    patienceMs,
  )
}
const bearer = (token: string) => ({ Authorization: `Bearer ${token}` })

/** The server's own page in the place of this one. */
export function showPage(page: Document): void {
  const main = page.querySelector('main')
  const own = find('main')
  if (!main || !own) return
  own.replaceWith(document.adoptNode(main))
  // In another language, what stands above it says it too.
  const header = page.querySelector('header')
  if (header) find('header')?.replaceWith(document.adoptNode(header))
  document.documentElement.lang = page.documentElement.lang
  document.title = page.title
  scrollTo(0, 0)
  const head = find<HTMLElement>('main h1')
  head?.setAttribute('tabindex', '-1')
  head?.focus()
}

export async function sha256(of: string | ArrayBuffer): Promise<string> {
  const plain = typeof of === 'string' ? new TextEncoder().encode(of) : of
  const bytes = await crypto.subtle.digest('SHA-256', plain)
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

export function newToken(): string {
  return writeFollowCode(crypto.getRandomValues(new Uint8Array(followCodeBytes)))
}

/** Version 4: this browser has no randomUUID before 92. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-')
}

/** Hashing and random numbers are given over https alone, and on the machine itself. */
export const isSecure = typeof crypto !== 'undefined' && crypto.subtle !== undefined

export const store = {
  read(key: string): unknown {
    try {
      return JSON.parse(localStorage.getItem(key) ?? 'null') as unknown
    } catch {
      return null
    }
  },
  /** False where this browser keeps nothing. */
  write(key: string, value: unknown): boolean {
    try {
      localStorage.setItem(key, JSON.stringify(value))
      return true
    } catch {
      return false
    }
  },
  remove(key: string): void {
    try {
      localStorage.removeItem(key)
    } catch {
      // Nothing was kept.
    }
  },
}

/** Whether this browser can make a photograph small, keep it and send it. */
/** A database of this page's own; its first version. */
export const openStore = (name: string) => indexedDB.open(name, 1)

export const hasPhotos = isSecure && 'createImageBitmap' in globalThis && 'indexedDB' in globalThis

/** A picture that the server gives for a form's fields; null where it does not. */
export async function fetchPicture(
  path: string,
  fields: Readonly<Record<string, string>>,
): Promise<Blob | null> {
  try {
    const response = await fetch(path, {
      ...{ method: 'POST', credentials: 'omit', cache: 'no-store' },
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    })
    return response.ok ? await response.blob() : null
  } catch {
    return null
  }
}

export const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

export const isOnline = () => navigator.onLine
export const now = () => Date.now()
