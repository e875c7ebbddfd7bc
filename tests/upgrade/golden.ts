/**
 * What a released version left behind: the rows of its database and of its device, made once by `make.ts` and never
 * edited. Nobody in it is a real person.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

/** A value of IndexedDB as JSON: bytes and keys are objects of one entry. */
export type StoredValue =
  | string
  | number
  | boolean
  | null
  | readonly StoredValue[]
  | { readonly $bytes: string }
  | { readonly $key: string; readonly algorithm: string; readonly usages: readonly string[] }
  | { readonly [name: string]: StoredValue }

export interface StoredStore {
  readonly name: string
  readonly keyPath: string | readonly string[] | null
  readonly autoIncrement: boolean
  readonly indexes: readonly {
    readonly name: string
    readonly keyPath: string | readonly string[]
    readonly unique: boolean
  }[]
  /** Keys and values, in order. */
  readonly rows: readonly (readonly [StoredValue, StoredValue])[]
}

export interface StoredDatabase {
  readonly name: string
  readonly version: number
  readonly stores: readonly StoredStore[]
}

/** A device with unsent work on board, as its browser held it. */
export interface GoldenDevice {
  readonly login: string
  readonly pin: string
  /** The session's cookie, as a header has it. */
  readonly cookie: string
  /** The resident whose page was edited, and the note that was saved there and not sent. */
  readonly resident: string
  readonly note: string
  /** What a colleague's device had sent before, so that the office had it. */
  readonly databases: readonly StoredDatabase[]
}

export interface Golden {
  /** When it was made, ISO 8601. */
  readonly at: string
  readonly password: string
  /** Names of the migrations that the database had. */
  readonly migrations: readonly string[]
  /** Rows of each table as PostgreSQL writes them as JSON. */
  readonly tables: Readonly<Record<string, readonly object[]>>
  readonly devices: readonly GoldenDevice[]
}

const folder = new URL('golden/', import.meta.url)

export const goldenNames = readdirSync(folder)
  .filter((file) => file.endsWith('.json.gz'))
  .map((file) => file.slice(0, -'.json.gz'.length))
  .sort()

export function readGolden(name: string): Golden {
  const packed = readFileSync(new URL(`${name}.json.gz`, folder))
  return JSON.parse(gunzipSync(packed).toString('utf8')) as Golden
}
