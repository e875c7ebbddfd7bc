/** What `npm run doctor` finds, each fault brought about for real. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '#server/config.ts'
import { notePass } from '#server/db/passes.ts'
import {
  examineAudit,
  examineBackup,
  examineClock,
  examineDatabaseFolder,
  examineDisk,
  examineFolder,
  examineHotline,
  examineLock,
  examinePasses,
  examineSettings,
} from '#server/doctor/findings.ts'
import { dayMs, openOffice, type Office } from './office.ts'
import { building } from './sample.ts'

/** Words that fit, as a value for a comparison. */
const saying = (words: RegExp): unknown => expect.stringMatching(words)

let office: Office
let folder: string
beforeAll(async () => {
  office = await openOffice()
  folder = mkdtempSync(join(tmpdir(), 'wuse-doctor-'))
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await office.close()
})

describe('of the data folder', () => {
  it('is told where there is none, and no database in it', () => {
    expect(examineFolder(join(folder, 'none'))).toMatchObject([{ level: 'look' }])
    expect(examineDatabaseFolder(folder)).toMatchObject([{ level: 'look' }])
  })

  it('is told where others may read it, and what was left there', () => {
    expect(examineFolder(folder)).toMatchObject([{ level: 'well' }])
    const secret = join(folder, 'postgres-password')
    writeFileSync(secret, 'x')
    chmodSync(secret, 0o644)
    writeFileSync(join(folder, 'x.backup.part'), '')
    const found = examineFolder(folder)
    if (process.platform !== 'win32') {
      expect(found).toContainEqual({
        level: 'wrong',
        text: `Others may read ${secret} (mode 644): chmod go= ${secret}`,
      })
    }
    expect(found.at(-1)).toMatchObject({
      level: 'look',
      text: saying(/x\.backup\.part/),
    })
  })

  it('is told who runs on it, and a lock that was left', () => {
    expect(examineLock(folder)).toEqual({ level: 'look', text: 'Wuse does not run.' })
    writeFileSync(join(folder, 'wuse.pid'), '999999999 1')
    expect(examineLock(folder)).toMatchObject({
      level: 'look',
      text: saying(/its lock was left/),
    })
  })

  it('is told how much room there is, and where nobody can look', async () => {
    expect((await examineDisk('the data', folder)).text).toMatch(/^[\d.]+ of [\d.]+ GB are free/)
    expect(await examineDisk('the backups', join(folder, 'none'))).toMatchObject({
      level: 'wrong',
      text: saying(/cannot be looked at \(ENOENT\)/),
    })
  })
})

it('of settings: what is misspelt, open, or not sealed', () => {
  const settings = { BACKUP_DIRS: '/x', DATA_DRI: 'x', HOST: '0.0.0.0', PATH: '/bin' }
  const found = examineSettings(settings, readConfig({ HOST: '0.0.0.0' })).map(({ text }) => text)
  expect(found).toContainEqual(expect.stringMatching(/BACKUP_DIRS .* is BACKUP_DIR meant\?/))
  expect(found).toContainEqual(expect.stringMatching(/DATA_DRI .* is DATA_DIR meant\?/))
  expect(found).toContainEqual(expect.stringMatching(/takes no backups by itself/))
  expect(found.join()).not.toMatch(/PATH/)
  const sealed = examineSettings({}, readConfig({ BACKUP_DIR: folder }))
  expect(sealed.map(({ text }) => text)).toContainEqual(expect.stringMatching(/are not sealed/))
})

describe('of the database', () => {
  const level = async (finding: Promise<{ level: string }>) => (await finding).level

  it('is told a clock that ran ahead, or stands still', async () => {
    const now = office.clock.now()
    const staff = await office.enter('staff')
    await staff.pushed([staff.create(office.places.grid, 'building', office.ids(), building())])
    expect(await level(examineClock(office.db, now))).toBe('well')
    expect(await level(examineClock(office.db, now - 3_600_000))).toBe('wrong')
    expect(await level(examineClock(office.db, now + 30 * dayMs))).toBe('look')
  })

  it('is told a backup that is missing, old or failed', async () => {
    const now = office.clock.now()
    const note = (at: number, isGood: boolean) =>
      notePass(office.db, { name: 'backup', at: new Date(at), isGood, ms: 9, facts: {} })
    expect(await level(examineBackup(office.db, now))).toBe('wrong')
    await note(now - dayMs, true)
    expect(await level(examineBackup(office.db, now))).toBe('well')
    expect(await level(examineBackup(office.db, now + 2 * dayMs))).toBe('wrong')
    await note(now, false)
    expect((await examineBackup(office.db, now)).text).toMatch(/The one after it failed/)
  })

  it('is told a background pass that fails, or is late, by its name', async () => {
    const now = office.clock.now()
    const note = (name: string, at: number, isGood: boolean) =>
      notePass(office.db, { name, at: new Date(at), isGood, ms: 9, facts: {} })
    await note('purge', now - 3_600_000, true)
    expect(await examinePasses(office.db, now, true)).toMatchObject([{ level: 'well' }])
    expect(await examinePasses(office.db, now + dayMs, true)).toMatchObject([
      { level: 'wrong', text: saying(/"purge" did not run since/) },
    ])
    // Where no server runs nothing is late.
    expect(await examinePasses(office.db, now + dayMs, false)).toMatchObject([{ level: 'well' }])
    await note('purge', now, false)
    await note('course', now, false)
    const texts = (await examinePasses(office.db, now, true)).map(({ text }) => text).join()
    expect(texts).toMatch(/"purge" fails since/)
    expect(texts).toMatch(/"course" never went well/)
  })

  it('is told how long the log is', async () => {
    expect((await examineAudit(office.db)).text).toMatch(/^The audit log has [1-9]\d* entries/)
  })
})

describe('of the hotline', () => {
  const config = (hotline: boolean, secureCookies = true) => ({
    ...{ hotline, secureCookies, host: '0.0.0.0' },
  })
  const texts = async (on: boolean, isSecure = true, later = 0) =>
    (await examineHotline(office.db, config(on, isSecure), office.clock.at + later)).map(
      ({ text }) => text,
    )

  it('is told that is on without keys or without https, that is off with keys, and a key that nobody uses', async () => {
    expect(await texts(false)).toEqual([])
    expect(await texts(true)).toEqual([saying(/no outside system has a key/)])
    const admin = await office.enter('admin')
    const body = { act: office.ids(), system: office.ids(), name: '样例热线', mayWrite: true }
    const places = [office.places.community]
    await office.post('/api/hotline/make', { ...body, places }, admin.pass)
    expect(await texts(true)).toEqual([saying(/answers 1 outside system\./)])
    expect(await texts(true, false)).toEqual([saying(/without https/)])
    expect(await texts(false)).toEqual([saying(/none is answered/)])
    expect(await texts(true, true, 91 * dayMs)).toEqual([saying(/not used for 90 days/)])
  })
})
