/**
 * Where the rows of each table lie on an engine that spreads tables over several machines. On one PostgreSQL nothing of
 * this shows; on Citus `db/distribution.ts` does what stands here, and the tests lay the same tables out in parts.
 */
import type { Database } from './schema.ts'

export type Placing =
  /** With the stream that the column names: all that a community's work touches lies together. */
  | { readonly by: 'stream'; readonly key: string }
  /** With the device: its session and the answers that it was given. */
  | { readonly by: 'device'; readonly key: string }
  /** Spread by a column that nothing else goes along with. */
  | { readonly by: 'itself'; readonly key: string }
  /** A copy on every machine: small, read by every request, seldom written. */
  | { readonly by: 'everywhere' }
  /** Whole on one machine: small, or asked for by so many things that no column could be its key. */
  | { readonly by: 'one-place' }

/** Tables that the program's types do not name. */
export type TableName = keyof Database | 'request_past'

const ofStream = { by: 'stream', key: 'stream' } as const
const ofDevice = { by: 'device', key: 'device' } as const
const everywhere = { by: 'everywhere' } as const
const onePlace = { by: 'one-place' } as const

/**
 * Every table but those of the migrations, which stay where migrations run. In the order in which they are laid out:
 * what is everywhere first, since the others refer to it.
 */
export const placings = {
  place: everywhere,
  account: everywhere,
  account_place: everywhere,
  late_place: everywhere,
  place_rule: everywhere,
  // Beside its account: whoever signs in asks for them.
  password_choice: everywhere,
  second_factor: everywhere,
  // Few rows, and a colour has to know of those of any grid.
  help: everywhere,

  stream: { by: 'stream', key: 'id' },
  stream_proof: ofStream,
  record: ofStream,
  spent_id: ofStream,
  change: ofStream,
  // A stream's chain has the stream's id.
  audit: { by: 'stream', key: 'chain' },
  chain: { by: 'stream', key: 'id' },
  subject: ofStream,
  tally: ofStream,
  standing: ofStream,
  due_tally: ofStream,
  visit_tally: ofStream,
  reason_tally: ofStream,
  coverage_tally: ofStream,
  shift: ofStream,
  course: ofStream,
  snapshot: ofStream,
  import_span: ofStream,
  purge_notice: ofStream,
  purge_guard: ofStream,
  request_state: ofStream,
  request_past: ofStream,
  photo_chunk: ofStream,
  photo_gone: ofStream,

  device: { by: 'device', key: 'id' },
  answer: ofDevice,
  device_pull: ofDevice,
  device_attempt: ofDevice,
  session: ofDevice,
  session_pass: ofDevice,

  act: { by: 'itself', key: 'id' },
  attempt: { by: 'itself', key: 'key' },
  sign_in_home: { by: 'itself', key: 'key' },

  // Found by the number of either side, by the place and by the request: one question each, of few rows.
  hotline_system: onePlace,
  hotline_request: onePlace,
  hotline_addition: onePlace,
  // A sticker is found by its hash, a used proof by its salt; what was asked lies with its community.
  ask_code: { by: 'itself', key: 'hash' },
  ask_nonce: { by: 'itself', key: 'salt' },
  ask_request: { by: 'stream', key: 'place' },
  ask_addition: { by: 'stream', key: 'place' },
  ask_day: { by: 'stream', key: 'place' },
  ask_photo: { by: 'stream', key: 'place' },
  ask_photo_piece: { by: 'stream', key: 'place' },
  ask_key: onePlace,
  notification: { by: 'stream', key: 'place' },
  // A row a server or a work, some seconds old.
  news: onePlace,
  lease: onePlace,
  pass: onePlace,
  write_probe: onePlace,
} as const satisfies Record<TableName, Placing>

/** Of the migrations: where they run, and nowhere else. */
export const localTables: readonly string[] = ['kysely_migration', 'kysely_migration_lock']

export const tableNames = Object.keys(placings) as TableName[]

export function placingOf(table: TableName): Placing {
  return placings[table]
}

/** The table that others of the same key lie beside: rows of the same key are on the same machine. Null: none does. */
export function besideOf(table: TableName): TableName | null {
  const { by } = placingOf(table)
  const first = { stream: 'stream', device: 'device' } as const
  return by === 'stream' || by === 'device' ? first[by] : null
}
