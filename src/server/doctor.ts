/** `npm run doctor`: says in plain words what is wrong with an installation, also while the server runs. */
import { findRunning } from './cluster/find-running.ts'
import { holderOf } from './cluster/lock.ts'
import { StartTrouble } from './cluster/trouble.ts'
import { readConfig } from './config.ts'
import { openDatabase } from './db/connect.ts'
import { stateOfSchema } from './db/migrate.ts'
import {
  examineAudit,
  examineBackup,
  examineCertificate,
  examineClock,
  examineDatabaseFolder,
  examineDisk,
  examineFolder,
  examineHotline,
  examineLock,
  examinePasses,
  examineSettings,
  type Finding,
} from './doctor/findings.ts'
import { reach } from './office.ts'
import { systemClock } from './system.ts'
import { readVersion } from './version.ts'

const marks: Readonly<Record<Finding['level'], string>> = {
  well: 'well ',
  look: 'LOOK ',
  wrong: 'WRONG',
}

async function examine(): Promise<Finding[]> {
  const findings: Finding[] = []
  findings.push({ level: 'well', text: `Wuse ${readVersion()} on Node ${process.versions.node}.` })
  let config
  try {
    config = readConfig(process.env)
  } catch (error) {
    if (!(error instanceof StartTrouble)) throw error
    return [...findings, { level: 'wrong', text: error.message }]
  }
  findings.push(...examineSettings(process.env, config))
  if (config.tls) findings.push(examineCertificate(config.tls, systemClock.now()))
  if (!config.databaseUrl) {
    findings.push(...examineFolder(config.dataDir), examineLock(config.dataDir))
    findings.push(...examineDatabaseFolder(config.dataDir))
  }
  findings.push(await examineDisk('the data', config.dataDir))
  if (config.backup) findings.push(await examineDisk('the backups', config.backup.folder))
  const isRunning = config.databaseUrl === null && holderOf(config.dataDir) !== null
  if (!config.databaseUrl && !isRunning) {
    findings.push({
      level: 'look',
      text: 'The database does not run, so nothing in it was looked at. Start Wuse and ask again.',
    })
    return findings
  }
  const url =
    config.databaseOwnerUrl ?? config.databaseUrl ?? (await findRunning(config.dataDir))?.url ?? ''
  const db = openDatabase(url)
  try {
    await reach(db, config.databaseUrl && url)
    findings.push({ level: 'well', text: 'The database answers.' })
    const schema = await stateOfSchema(db)
    if (schema !== 'same') {
      const text = {
        none: 'The database holds no register yet; the first start makes it.',
        older: 'Migrations are pending: the next start of this version brings the database up.',
        newer: 'The database is of a newer Wuse than this one.',
      }[schema]
      findings.push({ level: schema === 'newer' ? 'wrong' : 'look', text })
      return findings
    }
    const now = systemClock.now()
    findings.push(await examineClock(db, now), await examineBackup(db, now))
    findings.push(...(await examinePasses(db, now, isRunning)), await examineAudit(db))
    findings.push(...(await examineHotline(db, config, now)))
  } catch (error) {
    const text =
      error instanceof StartTrouble ? error.message : `The database fails: ${String(error)}`
    findings.push({ level: 'wrong', text })
  } finally {
    await db.destroy()
  }
  return findings
}

examine().then(
  (findings) => {
    for (const { level, text } of findings) process.stdout.write(`${marks[level]} ${text}\n`)
    const count = findings.filter(({ level }) => level === 'wrong').length
    process.stdout.write(count === 0 ? 'Nothing is wrong.\n' : `${count} to be mended.\n`)
    process.exit(count === 0 ? 0 : 1)
  },
  (error: unknown) => {
    const line = error instanceof StartTrouble ? error.message : `Not examined: ${String(error)}`
    process.stderr.write(`${line}\n`)
    process.exit(2)
  },
)
