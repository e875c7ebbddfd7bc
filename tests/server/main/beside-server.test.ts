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
