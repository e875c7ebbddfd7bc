import { closeSync, openSync, readSync } from 'node:fs'
import * as v from 'valibot'
import { datums, type Datum } from '#domain/position.ts'
import type { BackupPlan } from './backups/schedule.ts'
import { isPublicKey } from './backups/seal-backup.ts'
import type { CertificateFiles } from './certificate.ts'
import { readMoment } from './clock-setting.ts'
import { StartTrouble } from './cluster/trouble.ts'
import { faultOfAddress, type NotifySettings } from './keepers/outward.ts'
import { isLoopback, readProxies } from './routes/caller-address.ts'
import type { GroundConfig } from './routes/ground.ts'

export interface Config {
  readonly port: number
  readonly host: string
  readonly dataDir: string
  /** A PostgreSQL of its own; without it the embedded one starts. */
  readonly databaseUrl: string | null
  /** The owner of its tables, where that is another role: the one above can then not undo the audit log's protection. */
  readonly databaseOwnerUrl: string | null
  /** Connections that this server holds at most; several servers add up. */
  readonly databasePool: number
  /** Seconds to wait for a connection. */
  readonly databasePatience: number
  /** What is asked often gets a name in each connection; always with a PostgreSQL of its own. */
  readonly databasePrepared: boolean
  /** Whether this server may be the one that does what runs by itself. */
  readonly background: boolean
  /** Certificate and key of a server that speaks https itself; null where it does not. */
  readonly tls: CertificateFiles | null
  /** Whether an empty database is filled with the demo subdistrict. */
  readonly demo: boolean
  readonly demoPassword: string | null
  /** How many residents a device of an office holds at most; of a larger one it holds what was opened on it. */
  readonly deviceResidents: number
  readonly demoResidents: number | null
  /** Cookies travel over https alone: where others than this machine reach it, unless the settings say otherwise. */
  readonly secureCookies: boolean
  /** Addresses and ranges of the proxies whose word on who calls is believed. */
  readonly trustedProxies: readonly string[]
  readonly metricsToken: string | null
  /** Whether outside systems with a key are answered (Open311). */
  readonly hotline: boolean
  /** Where the resident's page is; null where there is none. */
  readonly ask: { readonly origin: string | null; readonly port: number | null } | null
  /** Where an office's own system hears what waits; null where nobody asked for it. */
  readonly notify: NotifySettings | null
  /** What the settings lead to that somebody may not expect, a line each. */
  readonly notices: readonly string[]
  /** What the map is drawn on; null where the deployment has nothing: marks on plain paper. */
  readonly ground: GroundConfig | null
  /** Backups that the server takes by itself; null where none are wanted. */
  readonly backup: BackupPlan | null
  /** The public key to which backups are sealed; null: they are not. */
  readonly backupKey: string | null
  /** Where chunks of photographs lie as files; null: in the database. */
  readonly photoDir: string | null
}

const whole = (low: number, high: number) =>
  v.pipe(
    v.string(),
    v.trim(),
    v.regex(/^\d+$/),
    v.transform(Number),
    v.minValue(low),
    v.maxValue(high),
  )

/** An address whose parts can be read: pg itself would throw without saying which setting it was. */
function isDatabaseUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { hostname, username, password, pathname } = new URL(text)
  try {
    return [hostname, username, password, pathname].every(
      (part) => decodeURIComponent(part) !== null,
    )
  } catch {
    return false
  }
}

/** Scheme, host and port alone: the page is never a path of something else. */
function isOrigin(text: string): boolean {
  return (
    URL.canParse(text) &&
    /^https?:$/.test(new URL(text).protocol) &&
    new URL(text).origin === text.toLowerCase()
  )
}

/** By its first bytes: https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md. */
function isPmtiles(path: string): boolean {
  const head = Buffer.alloc(8)
  try {
    const file = openSync(path, 'r')
    try {
      return readSync(file, head, 0, 8, 0) === 8 && head.toString('latin1') === 'PMTiles\x03'
    } finally {
      closeSync(file)
    }
  } catch {
    return false
  }
}

function isTileAddress(text: string): boolean {
  const isComplete = ['{z}', '{x}', '{y}'].every((part) => text.includes(part))
  if (!isComplete || /[\s;,'"]/.test(text)) return false
  return /^\/(?!\/)/.test(text) || (text.startsWith('https://') && URL.canParse(text))
}

const settings = {
  PORT: [v.optional(whole(1, 65_535), '8787'), 'a port from 1 to 65535, e.g. PORT=8787'],
  HOST: [v.optional(v.pipe(v.string(), v.minLength(1)), '127.0.0.1'), 'an address to listen on'],
  DATA_DIR: [v.optional(v.pipe(v.string(), v.minLength(1)), './data'), 'the path of a folder'],
  DATABASE_URL: [
    v.optional(v.pipe(v.string(), v.regex(/^postgres(ql)?:\/\/\S+$/), v.check(isDatabaseUrl))),
    'the address of a PostgreSQL, e.g. postgres://user:password@host:5432/wuse',
  ],
  DATABASE_OWNER_URL: [
    v.optional(v.pipe(v.string(), v.regex(/^postgres(ql)?:\/\/\S+$/), v.check(isDatabaseUrl))),
    'the address of the same PostgreSQL for the role that owns the tables, or left out',
  ],
  DATABASE_POOL: [v.optional(whole(4, 500), '20'), 'a number of connections from 4 to 500'],
  DATABASE_PATIENCE: [v.optional(whole(1, 120), '5'), 'a number of seconds from 1 to 120'],
  DATABASE_PREPARED: [v.optional(v.picklist(['on', 'off']), 'off'), '"on" or "off"'],
  BACKGROUND: [v.optional(v.picklist(['on', 'off']), 'on'), '"on" or "off"'],
  DEMO: [v.optional(v.picklist(['on', 'off']), 'on'), '"on" or "off"'],
  DEMO_PASSWORD: [
    v.optional(v.pipe(v.string(), v.minLength(8), v.maxLength(256))),
    'a password of 8 to 256 characters',
  ],
  DEVICE_RESIDENTS: [
    v.optional(whole(100, 2_000_000), '50000'),
    'a number of residents from 100 to 2000000',
  ],
  DEMO_RESIDENTS: [v.optional(whole(1, 2_000_000)), 'a number from 1 to 2000000'],
  MAP_FILE: [
    v.optional(v.pipe(v.string(), v.check(isPmtiles))),
    'the path of a PMTiles file of version 3',
  ],
  MAP_TILES: [
    v.optional(v.pipe(v.string(), v.check(isTileAddress))),
    'an address with {z}, {x} and {y} that begins with / or https://',
  ],
  MAP_DATUM: [v.optional(v.picklist(datums), 'wgs84'), '"wgs84" or "gcj02"'],
  MAP_CREDIT: [v.optional(v.pipe(v.string(), v.maxLength(200))), 'at most 200 characters'],
  BACKUP_DIR: [v.optional(v.pipe(v.string(), v.minLength(1))), 'the path of a folder'],
  BACKUP_AT: [
    v.optional(v.pipe(v.string(), v.regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/)), '03:30'),
    'a time of day in China, e.g. BACKUP_AT=03:30',
  ],
  BACKUP_KEEP: [v.optional(whole(1, 3_650), '14'), 'a number of files from 1 to 3650'],
  BACKUP_KEY: [
    v.optional(v.pipe(v.string(), v.trim(), v.check(isPublicKey))),
    'a public key that begins with age1; npm run backup -- --make-key KEYFILE makes one',
  ],
  PHOTO_DIR: [v.optional(v.pipe(v.string(), v.minLength(1))), 'the path of a folder'],
  SECURE_COOKIES: [v.optional(v.picklist(['on', 'off'])), '"on" or "off"'],
  TLS_CERT: [v.optional(v.pipe(v.string(), v.minLength(1))), 'the path of a certificate (PEM)'],
  TLS_KEY: [v.optional(v.pipe(v.string(), v.minLength(1))), 'the path of its private key (PEM)'],
  TRUSTED_PROXIES: [
    v.optional(
      v.pipe(
        v.string(),
        v.check((text) => readProxies(text) !== null),
      ),
      '',
    ),
    'addresses or ranges with commas between them, e.g. 127.0.0.1, 10.0.0.0/8',
  ],
  ASK_ORIGIN: [
    v.optional(v.pipe(v.string(), v.trim(), v.check(isOrigin))),
    'the origin of the resident’s page, e.g. https://ask.example.cn',
  ],
  ASK_PORT: [v.optional(whole(1, 65_535)), 'a port from 1 to 65535, another one than PORT'],
  NOTIFY_URL: [
    v.optional(v.pipe(v.string(), v.trim(), v.url())),
    'the address of a system of your own, e.g. https://notify.example.cn/wuse',
  ],
  NOTIFY_KEY: [
    v.optional(v.pipe(v.string(), v.regex(/^[\x21-\x7e]{32,200}$/))),
    '32 to 200 letters, digits and signs without a blank',
  ],
  NOTIFY_HOSTS: [
    v.optional(v.pipe(v.string(), v.regex(/^[\w.\-:, [\]]*$/)), ''),
    'names or addresses of your own network with commas between them, e.g. 10.0.0.8',
  ],
  HOTLINE: [v.optional(v.picklist(['on', 'off']), 'off'), '"on" or "off"'],
  WUSE_CLOCK: [
    v.optional(
      v.pipe(
        v.string(),
        v.check((text) => readMoment(text) !== null),
      ),
    ),
    'a moment with its zone, e.g. WUSE_CLOCK=2026-11-25T10:00+08:00, for tests alone',
  ],
  METRICS_TOKEN: [
    v.optional(v.pipe(v.string(), v.regex(/^[\x21-\x7e]{16,200}$/))),
    '16 to 200 letters, digits and signs without a blank',
  ],
} as const

/** Names of all settings. */
export const settingNames: readonly string[] = Object.keys(settings)

/** Reads the settings from the environment; a bad one is told by its name and what it should be. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const read = <Name extends keyof typeof settings>(name: Name) => {
    const [schema, wanted] = settings[name]
    const value = environment[name] === '' ? undefined : environment[name]
    const parsed = v.safeParse(schema, value)
    if (!parsed.success) throw new StartTrouble(`${name} should be ${wanted}.`)
    return parsed.output
  }
  const text = (name: keyof typeof settings) => (read(name) as string | undefined) ?? null
  if (text('DATABASE_OWNER_URL') && !text('DATABASE_URL')) {
    throw new StartTrouble('DATABASE_OWNER_URL goes with DATABASE_URL: set both or neither.')
  }
  if (read('BACKGROUND') === 'off' && !text('DATABASE_URL')) {
    throw new StartTrouble(
      'BACKGROUND=off goes with DATABASE_URL: where no other server shares the database, nothing would run by itself.',
    )
  }
  const [cert, key] = [text('TLS_CERT'), text('TLS_KEY')]
  if ((cert === null) !== (key === null)) {
    throw new StartTrouble('TLS_CERT goes with TLS_KEY: set both or neither.')
  }
  if (cert && read('SECURE_COOKIES') === 'off') {
    throw new StartTrouble(
      'SECURE_COOKIES=off goes without TLS_CERT: over https cookies are secure.',
    )
  }
  const tls = cert && key ? { cert, key } : null
  const [file, tiles] = [text('MAP_FILE'), text('MAP_TILES')]
  if (file && tiles) throw new StartTrouble('MAP_FILE and MAP_TILES: please set one of them.')
  const askOrigin = text('ASK_ORIGIN')?.toLowerCase() ?? null
  const askPort = (read('ASK_PORT') as number | undefined) ?? null
  if (askPort !== null && askPort === read('PORT')) {
    throw new StartTrouble(
      'ASK_PORT should be another port than PORT: the page of residents is apart.',
    )
  }
  const notify = notifyOf(text('NOTIFY_URL'), text('NOTIFY_KEY'), text('NOTIFY_HOSTS') ?? '')
  const folder = text('BACKUP_DIR')
  for (const name of ['BACKUP_AT', 'BACKUP_KEEP'] as const) {
    if (!folder && environment[name]) {
      throw new StartTrouble(`${name} goes with BACKUP_DIR: set both or neither.`)
    }
  }
  const backupKey = text('BACKUP_KEY')
  const cookies = cookiesOf(read('HOST') as string, tls ? 'on' : text('SECURE_COOKIES'))
  const clock = text('WUSE_CLOCK')
  const drawn = { datum: read('MAP_DATUM') as Datum, credit: text('MAP_CREDIT') }
  return {
    ground: file || tiles ? { file, tiles, ...drawn } : null,
    port: read('PORT') as number,
    host: read('HOST') as string,
    dataDir: read('DATA_DIR') as string,
    databaseUrl: text('DATABASE_URL'),
    databaseOwnerUrl: text('DATABASE_OWNER_URL'),
    databasePool: read('DATABASE_POOL') as number,
    databasePatience: read('DATABASE_PATIENCE') as number,
    databasePrepared: read('DATABASE_PREPARED') === 'on',
    background: read('BACKGROUND') === 'on',
    tls,
    demo: read('DEMO') === 'on',
    demoPassword: text('DEMO_PASSWORD'),
    deviceResidents: read('DEVICE_RESIDENTS') as number,
    demoResidents: (read('DEMO_RESIDENTS') as number | undefined) ?? null,
    backup: folder
      ? {
          folder,
          at: read('BACKUP_AT') as string,
          keep: read('BACKUP_KEEP') as number,
          publicKey: backupKey,
        }
      : null,
    backupKey,
    photoDir: text('PHOTO_DIR'),
    ...cookies,
    notices: [...cookies.notices, ...(clock === null ? [] : [isSetClock(clock)])],
    trustedProxies: readProxies(text('TRUSTED_PROXIES') ?? '') ?? [],
    metricsToken: text('METRICS_TOKEN'),
    hotline: read('HOTLINE') === 'on',
    notify,
    ask: askOrigin || askPort !== null ? { origin: askOrigin, port: askPort } : null,
  }
}

const isSetClock = (moment: string) =>
  `WUSE_CLOCK=${moment}: this server began at that moment and not at today's. For tests alone: what is written now bears false days.`

/** Off without an address; an address without a key, or one that is open to everybody on the way, is refused. */
function notifyOf(url: string | null, key: string | null, hosts: string): NotifySettings | null {
  if (url === null && key === null) return null
  if (url === null || key === null) {
    throw new StartTrouble('NOTIFY_URL goes with NOTIFY_KEY: set both or neither.')
  }
  const named = hosts.split(/[\s,]+/).map((host) => host.toLowerCase())
  const fault = faultOfAddress(url, named)
  if (fault !== null) {
    throw new StartTrouble(
      `NOTIFY_URL (${fault}): it should be https, or http to a host of your own network that NOTIFY_HOSTS names.`,
    )
  }
  return { url, key }
}

/** Others reach it: what they send then travels over https, or somebody has said that it need not. */
function cookiesOf(host: string, asked: string | null): Pick<Config, 'secureCookies' | 'notices'> {
  const isOpen = host !== 'localhost' && !isLoopback(host)
  const secureCookies = asked === null ? isOpen : asked === 'on'
  const needsProxy =
    `HOST=${host} lets others reach this server, so sign-in works over https alone. ` +
    'Set TLS_CERT and TLS_KEY, put a proxy with a certificate before it (docs/deploy.md), or set SECURE_COOKIES=off for a trial.'
  const isBare = `SECURE_COOKIES=off: passwords and sessions travel to HOST=${host} without encryption. For a trial alone.`
  if (!isOpen) return { secureCookies, notices: [] }
  if (asked === null) return { secureCookies, notices: [needsProxy] }
  return { secureCookies, notices: secureCookies ? [] : [isBare] }
}
