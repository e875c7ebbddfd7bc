/** What an operator does while the server runs: backup, audit:verify, doctor; a sealed backup; one that is taken by itself. */
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync, gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { findRunning } from '#server/cluster/find-running.ts'
import { openDatabase } from '#server/db/connect.ts'
import { createWuseServer, type WuseServer } from '#tests/support/wuse-server.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'wuse-beside-'))
chmodSync(folder, 0o755)
const nightly = join(folder, 'nightly')
mkdirSync(nightly)
let server: WuseServer

beforeAll(async () => {
  spawnSync(process.execPath, [join(root, 'build.mjs'), '--quiet', '--if-changed'])
  server = await createWuseServer(300, 90, { BACKUP_DIR: nightly, BACKUP_KEEP: '2' })
  await server.start()
}, 240_000)
afterAll(async () => {
  await server.remove()
  rmSync(folder, { recursive: true, force: true })
})

function run(name: string, words: readonly string[], settings: Record<string, string> = {}) {
  const ended = spawnSync(process.execPath, [join(root, 'dist/server', `${name}.js`), ...words], {
    env: { PATH: process.env.PATH, DATA_DIR: server.dataDir, DEMO: 'off', ...settings },
    encoding: 'utf8',
  })
  return { code: ended.status, output: ended.stdout.trim(), error: ended.stderr.trim() }
}

it('backup, audit:verify and doctor work beside the running server, and leave it as it is', async () => {
  const file = join(folder, 'plain.backup')
  expect(run('backup', [file])).toMatchObject({ code: 0, error: '' })
  expect(statSync(file).mode & 0o077).toBe(0)
  expect(existsSync(`${file}.part`)).toBe(false)
  expect(run('audit-verify', []).output).toMatch(/The log holds\.$/)
  const examined = run('doctor', [])
  expect(examined.output).toMatch(/Wuse runs on it \(process \d+\)/)
  expect(examined.output).toMatch(/The last good backup is of /)
  expect(examined.output).toMatch(
    /BACKUP_DIRS is no setting of Wuse; is BACKUP_DIR meant\?|takes no backups by itself/,
  )
  expect(run('doctor', [], { BACKUP_DIRS: '/x' }).output).toMatch(/is BACKUP_DIR meant\?/)
  expect(run('doctor', [], { PORT: 'x' })).toMatchObject({ code: 1 })
  // A restore takes its place, so that one still needs the folder for itself.
  expect(run('restore', [file]).error).toMatch(/^Another Wuse/)
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
}, 120_000)

it('the server holds no connection that could undo the log', async () => {
  const running = await findRunning(server.dataDir)
  const owner = openDatabase(running?.url ?? '')
  try {
    const { rows } = await sql<{ role: string }>`
      select distinct usename as role from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`.execute(owner)
    expect(rows).toEqual([{ role: 'wuse_app' }])
  } finally {
    await owner.destroy()
  }
})

it('the server takes one by itself, and the figures tell of it', async () => {
  await vi.waitFor(() => expect(readdirSync(nightly).join()).toMatch(/^wuse-.*\.backup$/), 60_000)
  const figures = await (await fetch(`${server.url}/metrics`)).text()
  expect(figures).toMatch(/^wuse_backup_bytes [1-9]\d+$/m)
  expect(figures).toMatch(/^wuse_disk_free_bytes\{what="backup"\} [1-9]/m)
  expect(figures).toMatch(/^wuse_wal_bytes [1-9]/m)
  expect(figures).toMatch(/^nodejs_heap_size_used_bytes [1-9]/m)
}, 90_000)

it('a sealed backup opens with its private key alone, and a damaged one makes nothing', () => {
  const keyFile = join(folder, 'key.txt')
  const made = run('backup', ['--make-key', keyFile])
  const [, publicKey = ''] = /BACKUP_KEY=(age1\w+)/.exec(made.output) ?? []
  expect(statSync(keyFile).mode & 0o077).toBe(0)
  expect(run('backup', ['--make-key', keyFile]).error).toMatch(/never overwritten/)
  const sealed = join(folder, 'sealed.backup')
  expect(run('backup', [sealed], { BACKUP_KEY: publicKey })).toMatchObject({ code: 0, error: '' })
  const bytes = readFileSync(sealed)
  expect(bytes.subarray(0, 21).toString()).toBe('age-encryption.org/v1')

  const elsewhere = join(folder, 'restored')
  const restore = (...words: string[]) => run('restore', words, { DATA_DIR: elsewhere })
  const turned = Buffer.from(bytes)
  turned[turned.length - 500] = (turned[turned.length - 500] ?? 0) ^ 1
  writeFileSync(join(folder, 'turned'), turned)
  writeFileSync(join(folder, 'short'), bytes.subarray(0, bytes.length - 9_000))
  const lines = gunzipSync(readFileSync(join(folder, 'plain.backup')))
    .toString()
    .split('\n')
  writeFileSync(join(folder, 'fewer'), gzipSync(lines.toSpliced(9, 1).join('\n')))
  writeFileSync(join(folder, 'cut-line'), gzipSync(lines.join('\n').replace('{"id"', '{"id')))
  const other = join(folder, 'other.txt')
  run('backup', ['--make-key', other])
  for (const [words, said] of [
    [[sealed], /is sealed\. Say where its private key lies/],
    [[sealed, '--key', other], /sealed to another key/],
    [[sealed, '--key', join(folder, 'none')], /cannot be read \(ENOENT\)/],
    [[sealed, '--key', sealed], /holds no private key/],
    [[join(folder, 'turned'), '--key', keyFile], /damaged or was cut short/],
    [[join(folder, 'short'), '--key', keyFile], /damaged or was cut short/],
    [[join(folder, 'fewer')], /damaged or was cut short/],
    [[join(folder, 'cut-line')], /damaged or was cut short/],
    [[join(folder, 'missing')], /cannot be read \(ENOENT\)/],
  ] as const) {
    const ended = restore(...words)
    expect([words[0], ended.code, ended.error]).toEqual([words[0], 1, expect.stringMatching(said)])
    expect(ended.error.split('\n')).toHaveLength(1)
    expect(ended.output).toBe('')
    // Before it makes anything: not even the folder.
    expect(existsSync(elsewhere)).toBe(false)
  }
  expect(restore(sealed, '--key', keyFile)).toMatchObject({ code: 0, error: '' })
}, 240_000)

it('who was on a lost device is told in two files and on record, and a wrong question in one line', async () => {
  const running = await findRunning(server.dataDir)
  const owner = openDatabase(running?.url ?? '')
  const device = '0192f0c1-5a7e-7000-8000-00000000b001'
  const out = join(folder, 'told')
  mkdirSync(out)
  const ask = (of: string, since: string) =>
    run('breach', ['--device', of, '--since', since, '--out', out])
  try {
    const { rows } = await sql<{ account: string; login: string; stream: string }>`
      select account.id as account, login, place as stream from account
      join account_place on account_place.account = account.id
      where role = 'worker' order by login limit 1`.execute(owner)
    const [worker] = rows
    if (!worker) throw new Error('the demo has no worker')
    const { account, login, stream } = worker
    await sql`insert into device (id, account, name, key, last_seq, seen_at, pulled_at)
      values (${device}, ${account}, 'lost', '', 0, now(), now())`.execute(owner)
    await sql`insert into device_pull (device, stream, at, held)
      values (${device}, ${stream}, now(), true)`.execute(owner)
    for (const [of, since, said] of [
      [device, '2026-02-30', /^--since should be a day that exists/],
      [device, 'yesterday', /^--since should be/],
      [device, '2999-01-01', /^--since lies in the future/],
      ['lost', '2026-01-01', /^--device should be the id of a device/],
      [device.replace('b001', 'b002'), '2026-01-01', /^There is no device with this id/],
    ] as const) {
      const ended = ask(of, since)
      expect([ended.code, ended.error]).toEqual([1, expect.stringMatching(said)])
      expect(ended.error.split('\n')).toHaveLength(1)
    }
    expect(readdirSync(out)).toEqual([])
    expect(run('breach', ['--of', login]).output).toContain(device)

    const told = ask(device, '2026-01-01')
    expect(told).toMatchObject({ code: 0, error: '' })
    const [list = '', notice = ''] = readdirSync(out).sort().reverse()
    const text = readFileSync(join(out, list), 'utf8')
    const { rows: held } = await sql<{ n: number }>`
      select count(*)::int as n from record
      where stream = ${stream} and kind = 'resident' and not removed`.execute(owner)
    expect(text.trim().split('\r\n')).toHaveLength((held[0]?.n ?? 0) + 1)
    expect(told.output).toContain(`People: ${held[0]?.n};`)
    expect(told.output).toMatch(/The list is the most that can have been on it/)
    expect(readFileSync(join(out, notice), 'utf8')).toMatch(/一、可能泄露的信息种类/)
    for (const file of [list, notice]) expect(statSync(join(out, file)).mode & 0o077).toBe(0)
    expect(ask(device, '2026-01-01').error).toMatch(/is there already/)
    const { rows: noted } = await sql<{ facts: { count: number } }>`
      select facts from audit where act = 'breach' and record = ${device}`.execute(owner)
    expect(noted[0]?.facts.count).toBe(held[0]?.n)
    expect(run('audit-verify', []).output).toMatch(/The log holds\.$/)
  } finally {
    await owner.destroy()
  }
}, 120_000)
