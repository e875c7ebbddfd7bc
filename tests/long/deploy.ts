/**
 * docs/deploy.md as it stands: the files of docs/operations, with this machine's names and ports in the place of the
 * examples. A bare folder is installed, built and run by an ordinary user; nginx and Caddy from Debian stand in front.
 * Needs Linux, Debian and root; elsewhere it says so in a line.
 */
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
} from 'node:fs'
import { writeFileSync } from 'node:fs'
import { connect as connectHttp2, type ClientHttp2Session } from 'node:http2'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { uuidv7 } from 'uuidv7'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { protocolVersion } from '#protocol/version.ts'
import { installOnDebian } from '#tests/support/chrome.ts'
import { one } from '#tests/support/sample-certificates.ts'
import { createWuseServer, demoPassword, freePort } from '#tests/support/wuse-server.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const operations = join(root, 'docs', 'operations')
const patience = { timeout: 90_000, interval: 100 }
/** Debian's account for whoever owns nothing. */
const nobody = 65_534

let folder: string
const ends: (() => unknown)[] = []
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wuse-deploy-'))
  chmodSync(folder, 0o755)
  mkdirSync(join(folder, 'tls'))
  writeFileSync(join(folder, 'tls', 'wuse.crt'), one.cert)
  writeFileSync(join(folder, 'tls', 'wuse.key'), one.key)
})
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const read = (name: string) => readFileSync(join(operations, name), 'utf8')

/** The value of a line of a unit file. */
function unitSays(name: string): string {
  const found = new RegExp(`^${name}=(.*)$`, 'm').exec(read('wuse.service'))?.[1]
  if (found === undefined) throw new Error(`the unit says no ${name}`)
  return found
}

it('a bare folder is installed, built, and run by a user who owns nothing else', async () => {
  const bare = join(folder, 'opt-wuse')
  mkdirSync(bare)
  // What the Containerfile copies is what a machine needs.
  const copied = [...read('Containerfile').matchAll(/^COPY (?!--from)(.+)$/gm)].flatMap(
    ([, words = '']) =>
      words.split(' ').filter((word) => !word.startsWith('.') || word === '.npmrc'),
  )
  expect(copied).toContain('package-lock.json')
  for (const name of new Set(copied)) {
    cpSync(join(root, name), join(bare, name), { recursive: true })
  }
  execFileSync('npm', ['ci', '--omit=dev'], { cwd: bare, stdio: 'pipe' })
  execFileSync('node', ['build.mjs', '--quiet'], { cwd: bare, stdio: 'pipe' })

  if (spawnSync('systemd-analyze', ['--version']).status === 0) {
    const checked = spawnSync('systemd-analyze', ['verify', join(operations, 'wuse.service')])
    expect(checked.stderr.toString()).toBe('')
  }
  const [, ...words] = unitSays('ExecStart').split(' ')
  const data = join(folder, 'var-lib-wuse')
  for (const uid of [nobody, 0]) {
    rmSync(data, { recursive: true, force: true })
    mkdirSync(data)
    spawnSync('chown', [String(uid), data])
    const port = await freePort()
    const server = spawn(process.execPath, words, {
      cwd: bare,
      uid,
      gid: uid === 0 ? 0 : nobody,
      env: { PATH: process.env['PATH'], DATA_DIR: data, DEMO: 'off', PORT: String(port) },
    })
    let said = ''
    for (const stream of [server.stdout, server.stderr]) {
      stream.on('data', (text: Buffer) => (said += text.toString()))
    }
    const ended = new Promise((resolve) => server.once('exit', resolve))
    await vi.waitFor(async () => {
      expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status, said).toBe(200)
    }, patience)
    await vi.waitFor(() => expect(said).toMatch(/\/setup#\S+/), patience)
    const doctor = spawnSync(process.execPath, ['dist/server/doctor.js'], {
      cwd: bare,
      uid,
      env: { PATH: process.env['PATH'], DATA_DIR: data, DEMO: 'off' },
    })
    const faults = doctor.stdout
      .toString()
      .split('\n')
      .filter((line) => line.startsWith('WRONG'))
    // Of a new office.
    expect(faults).toEqual([expect.stringContaining('No backup was ever taken')])
    server.kill('SIGTERM')
    await ended
  }
})

/** Runs until the test is over; what it says comes along where it does not get ready. */
function run(command: string, words: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  const child = spawn(command, words, { env: { ...process.env, ...env }, stdio: 'pipe' })
  ends.push(async () => {
    const ended = new Promise((resolve) => child.once('exit', resolve))
    if (child.exitCode !== null) return
    child.kill('SIGTERM')
    await ended
  })
  return child
}

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
}

/** Over HTTP/2; `until` ends an answer that never ends. */
function ask(
  session: ClientHttp2Session,
  path: string,
  given: { readonly headers?: object; readonly body?: unknown; readonly until?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const body = given.body === undefined ? null : JSON.stringify(given.body)
    const stream = session.request({
      ':path': path,
      ':method': body === null ? 'GET' : 'POST',
      ...(body === null ? {} : { 'content-type': 'application/json' }),
      ...given.headers,
    })
    let [text, headers]: [string, Record<string, string | string[] | undefined>] = ['', {}]
    const done = () => resolve({ status: Number(headers[':status']), headers, text })
    stream.on('response', (found) => (headers = { ...found }))
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part
      if (given.until && text.includes(given.until)) {
        stream.close()
        done()
      }
    })
    stream.on('error', reject).on('end', done)
    stream.end(body ?? undefined)
  })
}

async function expectWholeDoor(front: string): Promise<void> {
  let session: ClientHttp2Session | null = null
  await vi.waitFor(
    () =>
      new Promise<void>((resolve, reject) => {
        const next = connectHttp2(front, { ca: one.cert })
        next.once('error', reject)
        next.once('connect', () => {
          session = next
          resolve()
        })
      }),
    patience,
  )
  if (session === null) throw new Error('no session')
  const own: ClientHttp2Session = session
  ends.push(() => own.destroy())
  expect(own.alpnProtocol).toBe('h2')
  const page = await ask(own, '/')
  expect(page.status).toBe(200)
  expect(page.headers['strict-transport-security']).toContain('max-age')

  const signIn = (protocol: number) =>
    ask(own, '/api/session', {
      // A browser without Sec-Fetch-Site names the address of its page.
      headers: { origin: front },
      body: {
        ...{ protocol, login: 'worker1', password: demoPassword },
        ...{ device: uuidv7(), deviceName: 'behind a proxy' },
      },
    })
  // An app of before has its session in a cookie.
  const older = await signIn(2)
  expect(older.status, older.text).toBe(200)
  const cookie = [older.headers['set-cookie']].flat().find((one) => one?.startsWith('__Host-'))
  expect(cookie).toMatch(/; Secure/)
  expect(cookie).toMatch(/; HttpOnly/)

  const signedIn = await signIn(protocolVersion)
  const { token } = JSON.parse(signedIn.text) as { token: string }
  const given = await ask(own, '/api/session/pass', {
    headers: { authorization: `Bearer ${token}` },
    body: { protocol: protocolVersion },
  })
  const { pass } = JSON.parse(given.text) as { pass: string }
  // A stream that a proxy holds back would say nothing before its end, which never comes.
  const events = await ask(own, '/api/events', {
    headers: { authorization: `Bearer ${pass}` },
    until: 'event: ready',
  })
  expect(events.text).toContain('event: ready')
  // The caller is known to come through a proxy: figures are for this machine alone.
  expect((await ask(own, '/metrics')).status).toBe(404)
}

it.each([
  [
    'nginx',
    'nginx-light',
    (port: number, behind: number) => {
      const site = read('nginx.conf')
        .replace('listen 443 ', `listen 127.0.0.1:${port} `)
        .replace('wuse.example.org', 'localhost')
        .replaceAll('/etc/wuse/tls', join(folder, 'tls'))
        .replace('127.0.0.1:8787', `127.0.0.1:${behind}`)
      const conf = join(folder, 'nginx.conf')
      const temps = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
        .map((name) => `${name}_temp_path ${join(folder, name)};`)
        .join(' ')
      writeFileSync(
        conf,
        `pid ${join(folder, 'nginx.pid')}; error_log stderr; events {} http { ${temps} ${site} }`,
      )
      return ['-c', conf, '-g', 'daemon off;']
    },
  ],
  [
    'caddy',
    'caddy',
    (port: number, behind: number) => {
      const conf = join(folder, 'Caddyfile')
      const site = read('Caddyfile')
        .replace('wuse.example.org', `https://localhost:${port}`)
        .replaceAll('/etc/wuse/tls', join(folder, 'tls'))
        .replace('127.0.0.1:8787', `127.0.0.1:${behind}`)
      writeFileSync(conf, `{\n\tadmin off\n\tauto_https off\n}\n${site}`)
      return ['run', '--config', conf, '--adapter', 'caddyfile']
    },
  ],
] as const)('behind %s everything works as in front of nothing', async (command, named, words) => {
  if (spawnSync(command, [command === 'nginx' ? '-v' : 'version']).error) {
    expect(await installOnDebian([named]), `${named} cannot be installed here`).toBe(true)
  }
  const settings = { TRUSTED_PROXIES: '127.0.0.1', SECURE_COOKIES: 'on' }
  const server = await createWuseServer(60, 90, settings)
  ends.push(() => server.remove())
  await server.start()
  expect(existsSync(join(folder, 'tls', 'wuse.key'))).toBe(true)
  const port = await freePort()
  run(command, words(port, Number(new URL(server.url).port)), { XDG_DATA_HOME: folder })
  await expectWholeDoor(`https://localhost:${port}`)
})
