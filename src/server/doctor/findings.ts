/** What is looked at when an installation is examined, each as one line in plain words. */
import { statfs } from 'node:fs/promises'
import { lstatSync, readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Kysely } from 'kysely'
import { holderOf } from '../cluster/lock.ts'
import { findPostgresFolder } from '../cluster/folder.ts'
import { readCertificate, type CertificateFiles } from '../certificate.ts'
import { codeOf, StartTrouble } from '../cluster/trouble.ts'
import { settingNames, type Config } from '../config.ts'
import { loadPasses } from '../db/passes.ts'
import { auditFigures, newestReceipt } from '../db/readings.ts'
import type { Database } from '../db/schema.ts'

export interface Finding {
  readonly level: 'well' | 'look' | 'wrong'
  readonly text: string
}

const well = (text: string): Finding => ({ level: 'well', text })
const look = (text: string): Finding => ({ level: 'look', text })
const wrong = (text: string): Finding => ({ level: 'wrong', text })

const dayMs = 86_400_000
const gigabyte = 1_000_000_000

/** The data folder: whose it is, who may read it, and what was left there. */
export function examineFolder(dataDir: string): Finding[] {
  const folder = resolve(dataDir)
  const found = statSync(folder, { throwIfNoEntry: false })
  if (!found) return [look(`There is no data folder ${folder} yet; the first start makes it.`)]
  const findings: Finding[] = []
  const self = process.getuid?.()
  if (self !== undefined && self !== 0 && found.uid !== self) {
    findings.push(
      wrong(
        `The data folder ${folder} belongs to another account (${found.uid}) than the one that looks (${self}).`,
      ),
    )
  }
  for (const name of ['postgres-password', 'postgres', 'wuse.pid']) {
    const path = join(folder, name)
    if (!lstatSync(path, { throwIfNoEntry: false })) continue
    const mode = statSync(path, { throwIfNoEntry: false })?.mode ?? 0
    if ((mode & 0o077) !== 0 && process.platform !== 'win32') {
      findings.push(
        wrong(`Others may read ${path} (mode ${(mode & 0o777).toString(8)}): chmod go= ${path}`),
      )
    }
  }
  const stray = readdirSync(folder).filter((name) =>
    /^\.probe-|\.part$|^wuse\.pid\.\d+$/.test(name),
  )
  if (stray.length > 0) {
    findings.push(
      look(
        `Left over in ${folder} by something that was cut short: ${stray.join(', ')}. They may be removed.`,
      ),
    )
  }
  return findings.length > 0 ? findings : [well(`The data folder ${folder} is its owner's alone.`)]
}

/** The lock of the folder, and one that a killed server left. */
export function examineLock(dataDir: string): Finding {
  const folder = resolve(dataDir)
  const holder = holderOf(folder)
  if (holder !== null) return well(`Wuse runs on it (process ${holder}).`)
  const isStale = lstatSync(join(folder, 'wuse.pid'), { throwIfNoEntry: false }) !== undefined
  return isStale
    ? look(
        'Wuse does not run, and did not stop in order: its lock was left. The next start clears it away.',
      )
    : look('Wuse does not run.')
}

export async function examineDisk(what: string, folder: string): Promise<Finding> {
  try {
    const { bavail, blocks, bsize } = await statfs(resolve(folder))
    const [free, size] = [bavail * bsize, blocks * bsize]
    const text = `${(free / gigabyte).toFixed(1)} of ${(size / gigabyte).toFixed(1)} GB are free where ${what} lies (${resolve(folder)}).`
    if (free < gigabyte / 4) return wrong(`${text} Nothing can be saved soon: make room.`)
    return free < 2 * gigabyte || free < size / 20 ? look(`${text} Make room.`) : well(text)
  } catch (error) {
    return wrong(
      `The folder of ${what}, ${resolve(folder)}, cannot be looked at (${codeOf(error)}).`,
    )
  }
}

/** Settings that nobody reads are most often misspelt. */
export function examineSettings(
  environment: Readonly<Record<string, string | undefined>>,
  config: Config,
): Finding[] {
  const beginnings = ['BACKUP_', 'DEMO_', 'MAP_', 'DATABASE_', 'TLS_', 'WUSE_']
  const strange = Object.keys(environment).filter(
    (name) =>
      !settingNames.includes(name) &&
      (beginnings.some((beginning) => name.startsWith(beginning)) ||
        settingNames.some((known) => isOneSlip(name, known))),
  )
  const findings = strange.map((name) => {
    const meant = settingNames.find((known) => isOneSlip(name, known))
    return look(`${name} is no setting of Wuse${meant ? `; is ${meant} meant?` : '.'}`)
  })
  if (!config.secureCookies && !['127.0.0.1', '::1', 'localhost'].includes(config.host)) {
    findings.push(
      look(
        `HOST=${config.host} lets others in, and SECURE_COOKIES is off: set it on behind https.`,
      ),
    )
  }
  if (config.databaseUrl && !config.databaseOwnerUrl) {
    findings.push(
      look(
        'DATABASE_URL owns the tables and could undo the protection of the audit log: set DATABASE_OWNER_URL too.',
      ),
    )
  }
  if (!config.backup) {
    findings.push(
      look('Wuse takes no backups by itself: set BACKUP_DIR, and BACKUP_KEY to seal them.'),
    )
  } else if (!config.backupKey) {
    findings.push(look('Backups are not sealed: whoever gets one reads everybody. Set BACKUP_KEY.'))
  }
  return findings.length > 0 ? findings : [well('The settings are known and fit together.')]
}

const renewDays = 14

/** Https of its own: whether the certificate serves, and for how long. */
export function examineCertificate(files: CertificateFiles, now: number): Finding {
  try {
    const { endsAt } = readCertificate(files, now)
    const days = Math.floor((endsAt.getTime() - now) / dayMs)
    const text = `The certificate holds for ${days} more days.`
    return days < renewDays
      ? look(`${text} Renew it; Wuse takes the new one within an hour.`)
      : well(text)
  } catch (error) {
    if (error instanceof StartTrouble) return wrong(error.message)
    throw error
  }
}

/** One letter more, less or other, or two changed places. */
function isOneSlip(name: string, known: string): boolean {
  if (name === known || Math.abs(name.length - known.length) > 1 || name.length < 5) return false
  let begin = 0
  while (begin < name.length && name[begin] === known[begin]) begin += 1
  let end = 0
  while (
    end < Math.min(name.length, known.length) - begin &&
    name.at(-1 - end) === known.at(-1 - end)
  ) {
    end += 1
  }
  const [left, right] = [
    name.slice(begin, name.length - end),
    known.slice(begin, known.length - end),
  ]
  if (left.length <= 1 && right.length <= 1) return true
  return left.length === 2 && right.length === 2 && left === [...right].reverse().join('')
}

/** The server's clock against what it wrote last. */
export async function examineClock(db: Kysely<Database>, now: number): Promise<Finding> {
  const newest = await newestReceipt(db)
  const said = new Date(now).toISOString()
  if (!newest) return well(`The clock says ${said}; nothing was received yet.`)
  const ahead = newest.getTime() - now
  if (ahead > 5 * 60_000) {
    return wrong(
      `The clock says ${said}, and the newest change was received at ${newest.toISOString()}: it runs behind, or ran ahead.`,
    )
  }
  return -ahead > 7 * dayMs
    ? look(
        `The clock says ${said}, and nothing was received since ${newest.toISOString()}: is it right?`,
      )
    : well(`The clock says ${said}, and the newest change was received at ${newest.toISOString()}.`)
}

export async function examineBackup(db: Kysely<Database>, now: number): Promise<Finding> {
  const backup = (await loadPasses(db)).find(({ name }) => name === 'backup')
  if (!backup?.good_at) return wrong('No backup was ever taken. npm run backup -- FILE takes one.')
  const text = `The last good backup is of ${backup.good_at.toISOString()}.`
  if (backup.at.getTime() !== backup.good_at.getTime())
    return wrong(`${text} The one after it failed.`)
  return now - backup.good_at.getTime() > 2 * dayMs ? wrong(text) : well(text)
}

/** Passes that did not go well, or did not run where the server does. */
export async function examinePasses(
  db: Kysely<Database>,
  now: number,
  runs: boolean,
): Promise<Finding[]> {
  const rows = (await loadPasses(db)).filter(({ name }) => name !== 'backup')
  const findings = rows.flatMap(({ name, at, good_at }): Finding[] => {
    if (!good_at) return [wrong(`The background pass "${name}" never went well; the log says why.`)]
    if (good_at.getTime() !== at.getTime()) {
      return [
        wrong(
          `The background pass "${name}" fails since ${good_at.toISOString()}; the log says why.`,
        ),
      ]
    }
    const isLate = runs && now - at.getTime() > dayMs / 12
    return isLate
      ? [wrong(`The background pass "${name}" did not run since ${at.toISOString()}.`)]
      : []
  })
  return findings.length > 0 ? findings : [well('The background passes went well.')]
}

export async function examineAudit(db: Kysely<Database>): Promise<Finding> {
  const { entries, chains, newest } = await auditFigures(db)
  return well(
    `The audit log has ${entries} entries in ${chains} chains, the newest of ${newest ?? 'never'}. npm run audit:verify reads them all.`,
  )
}

/** Outside systems with a key, against the setting that answers them. */
export async function examineHotline(
  db: Kysely<Database>,
  config: Pick<Config, 'hotline' | 'secureCookies' | 'host'>,
  now: number,
): Promise<Finding[]> {
  const systems = await db
    .selectFrom('hotline_system')
    .select(['name', 'used_at', 'keyed_at'])
    .where('stopped_at', 'is', null)
    .execute()
  if (!config.hotline) {
    return systems.length === 0
      ? []
      : [
          look(
            `HOTLINE is off, and ${systems.length} outside systems have a key: none is answered.`,
          ),
        ]
  }
  const findings: Finding[] = []
  if (systems.length === 0) findings.push(look('HOTLINE is on, and no outside system has a key.'))
  if (!config.secureCookies) {
    findings.push(look('HOTLINE is on without https: keys and words travel as they are.'))
  }
  for (const { name, used_at, keyed_at } of systems) {
    const last = used_at ?? keyed_at
    if (now - last.getTime() < 90 * dayMs) continue
    findings.push(
      look(`The key of "${name}" was not used for 90 days: stop it where nobody needs it.`),
    )
  }
  const count = `${systems.length} outside system${systems.length === 1 ? '' : 's'}`
  return findings.length > 0 ? findings : [well(`The hotline's interface answers ${count}.`)]
}

/** PostgreSQL's own folder, where it is ours. */
export function examineDatabaseFolder(dataDir: string): Finding[] {
  try {
    const folder = findPostgresFolder(resolve(dataDir))
    return folder ? [] : [look('There is no database in the data folder yet.')]
  } catch (error) {
    return [wrong(error instanceof Error ? error.message : String(error))]
  }
}
