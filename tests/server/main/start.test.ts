/** The built server as people start it: settings, faults in words, a second start, a database that goes and comes. */
import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { createTestDatabase } from '#tests/support/database.ts'
import { createWuseServer, freePort } from '#tests/support/wuse-server.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const main = join(root, 'dist/server/main.js')
const seed = join(root, 'dist/server/seed.js')
const office = join(root, 'dist/server/office-command.js')

beforeAll(() => {
  spawnSync(process.execPath, [join(root, 'build.mjs'), '--quiet', '--if-changed'])
}, 120_000)

const folder = mkdtempSync(join(tmpdir(), 'wuse-start-'))
chmodSync(folder, 0o755)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Ended {
  readonly code: number | null
  readonly error: string
  readonly output: string
}

/** Runs a command to its end. */
function run(
  file: string,
  settings: Record<string, string>,
  words: readonly string[] = [],
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [file, ...words], {
      env: { PATH: process.env.PATH, DATA_DIR: join(folder, 'data'), ...settings },
    })
    let error = ''
    let output = ''
    child.stderr.on('data', (text: Buffer) => (error += text.toString()))
    child.stdout.on('data', (text: Buffer) => (output += text.toString()))
    child.once('exit', (code) => resolve({ code, error: error.trim(), output }))
  })
}

/** One line that says what and what to do. */
function expectOneLine(ended: Ended, words: RegExp): void {
  expect(ended.error).toMatch(words)
  expect(ended.error.split('\n')).toHaveLength(1)
  expect(ended.code).toBe(1)
}

describe('what keeps it from starting is told in one line', () => {
  it.each([
    ['PORT', 'eighty', /^PORT should be a port/],
    ['PORT', '70000', /^PORT should be a port/],
    ['DATABASE_URL', 'mysql://localhost/wuse', /^DATABASE_URL should be/],
    ['DEMO', 'maybe', /^DEMO should be "on" or "off"/],
    ['DEMO_PASSWORD', 'short', /^DEMO_PASSWORD should be/],
  ])('%s=%s', async (name, value, words) => {
    expectOneLine(await run(main, { [name]: value }), words)
  })

  it('a database that cannot be reached', async () => {
    const ended = await run(main, { DATABASE_URL: 'postgres://wuse:secret-word@127.0.0.1:1/wuse' })
    expectOneLine(
      ended,
      /The database at 127\.0\.0\.1:1\/wuse cannot be reached .* Check DATABASE_URL/,
    )
    expect(ended.error).not.toContain('secret-word')
  })

  it('a wrong password for the database', async () => {
    const url = new URL(inject('postgresUrl'))
    url.password = 'wrong-password'
    expectOneLine(await run(main, { DATABASE_URL: url.href }), /refuses the user or password/)
  })

  it('a data folder that cannot be written', async () => {
    const file = join(folder, 'file')
    writeFileSync(file, '')
    expectOneLine(await run(main, { DATA_DIR: file }), /The data folder .* cannot be written/)
  })

  it('a port in use', async () => {
    const taken = createServer()
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
    const { port } = taken.address() as AddressInfo
    const { url, drop } = await createTestDatabase()
    const ended = await run(main, { PORT: String(port), DATABASE_URL: url, DEMO: 'off' })
    expectOneLine(ended, new RegExp(`Port ${port} is in use .* PORT=${port + 1}`))
    taken.close()
    await drop()
  })

  it.each([
    [['--residents', 'many'], /--residents takes a whole number/],
    [['--residents', '0'], /--residents takes a whole number/],
    [['--people', '5'], /Usage: npm run seed/],
  ])('seed %j', async (words, said) => {
    expectOneLine(await run(seed, {}, words), said)
  })
})

/** Until it is ready; what it said until then, and how to end it. */
async function startEmpty(settings: Record<string, string>) {
  const child = spawn(process.execPath, [main], {
    env: { PATH: process.env.PATH, DATA_DIR: join(folder, 'data'), DEMO: 'off', ...settings },
  })
  let output = ''
  child.stdout.on('data', (text: Buffer) => (output += text.toString()))
  await expect.poll(() => output, { timeout: 60_000 }).toContain('"event":"started"')
  return {
    output,
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await ended
    },
  }
}

describe('an office without an account', () => {
  it('is told a one-time address at its start, and none once there is an account', async () => {
    const { url, drop } = await createTestDatabase()
    const settings = { DATABASE_URL: url, PORT: String(await freePort()) }
    const first = await startEmpty(settings)
    expect(first.output).toMatch(/Nobody has an account yet/)
    expect(first.output).toMatch(/\/setup#[\w-]{22}\n/)
    // Beside the server that runs.
    const words = ['--name', '样例街道', '--admin', 'first.admin', '--person', '样例壬']
    const made = await run(office, settings, words)
    expect(made).toMatchObject({ code: 0 })
    expect(made.output).toMatch(/one-time password: \S+/)
    expectOneLine(await run(office, settings, words), /nothing was made/)
    await first.stop()
    const second = await startEmpty(settings)
    expect(second.output).not.toMatch(/Nobody has an account|\/setup/)
    await second.stop()
    const rescued = await run(office, settings, ['--rescue', 'first.admin'])
    expect(rescued.output).toMatch(/can sign in again/)
    expectOneLine(await run(office, settings, ['--rescue', 'nobody']), /no account with this login/)
    await drop()
  })

  it.each([
    [['--name', '样例街道'], /^Usage:/],
    [['--rescue', 'a', '--name', 'b', '--admin', 'c'], /^Usage:/],
    [['--nmae', '样例街道'], /^Usage:/],
    [['--name', '', '--admin', 'a'], /^--name should be/],
    [['--name', '样例街道', '--admin', 'First Admin'], /^--admin should be/],
    [['--name', '样例街道', '--admin', 'a', '--code', '12'], /^--code should be/],
    [['--name', '样例街道', '--admin', 'a', '--places', 'all'], /^--places should be/],
  ])('the command says what is wrong with %j', async (words, said) => {
    const ended = await run(office, {}, words)
    expect(ended.error).toMatch(said)
    expect(ended.code).toBe(1)
  })
})

describe('a server of its own', () => {
  it('fills an empty database once, finds its data again, and says 503 while the database is away', async () => {
    const server = await createWuseServer(300)
    await server.start()
    const policy = (await fetch(server.url)).headers.get('content-security-policy')
    expect(policy).toContain(`default-src 'none'`)
    const page = await (await fetch(`${server.url}/household/any`)).text()
    expect(page).toContain('<div id="app">')
    expect((await fetch(`${server.url}/api/none`)).status).toBe(404)
    expect((await fetch(`${server.url}/assets/none.js`)).status).toBe(404)
    await server.stop()
    await server.start()
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
    await server.kill()
    await server.start()
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
    await server.remove()
  })

  it('fills again from the beginning where the first fill was cut short', async () => {
    const { url, db, drop } = await createTestDatabase()
    const settings = { DATABASE_URL: url, DEMO_PASSWORD: 'sample-password-1' }
    const child = spawn(process.execPath, [seed, '--residents', '20000'], {
      env: { PATH: process.env.PATH, DATA_DIR: join(folder, 'data'), ...settings },
    })
    const ended = new Promise((resolve) => child.once('exit', resolve))
    const residents = async () =>
      (await db.selectFrom('record').select('id').where('kind', '=', 'resident').execute()).length
    await expect.poll(residents, { timeout: 60_000 }).toBeGreaterThan(0)
    child.kill('SIGKILL')
    await ended
    expect(await db.selectFrom('account').select('id').execute()).toEqual([])
    const again = await run(seed, settings, ['--residents', '50'])
    expect(again).toMatchObject({ code: 0 })
    expect(again.output).toContain('worker1')
    expect(await residents()).toBeLessThan(200)
    await drop()
  })

  it('uses the PostgreSQL that DATABASE_URL names, and seeds it only when it is empty or told to', async () => {
    const { url, db, drop } = await createTestDatabase()
    const settings = { DATABASE_URL: url, DEMO_PASSWORD: 'sample-password-1' }
    const first = await run(seed, settings, ['--residents', '200'])
    expect(first).toMatchObject({ code: 0 })
    expect(first.output).toContain('worker1')
    const count = async () =>
      (await db.selectFrom('record').select('id').where('kind', '=', 'resident').execute()).length
    const before = await count()
    expect(before).toBeGreaterThanOrEqual(200)
    expectOneLine(await run(seed, settings, ['--residents', '50']), /not empty\. Add --reset/)
    expect(await count()).toBe(before)
    expect(await run(seed, settings, ['--residents', '50', '--reset'])).toMatchObject({ code: 0 })
    expect(await count()).toBeLessThan(before)
    await drop()
  })
})
