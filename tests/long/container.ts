/**
 * docs/operations/Containerfile, built by podman and started: its own account, its own folder, an office without an
 * account. Where no registry of images can be reached, the base is made of Debian's packages and the registry's `node`.
 * Needs Linux, Debian and root. `podman run` needs more rights than a build machine may have; the image's files are
 * started in a chroot instead.
 */
import { execFileSync, spawn } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { installOnDebian } from '#tests/support/chrome.ts'
import { freePort } from '#tests/support/wuse-server.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const base = 'docker.io/library/node:24-bookworm-slim'
const image = 'localhost/wuse-test'

interface Inspected {
  readonly User: string
  readonly Config: {
    readonly Env: readonly string[]
    readonly Cmd: readonly string[]
    readonly WorkingDir: string
  }
  readonly Healthcheck: { readonly Test: readonly string[] }
}

let folder: string
const run = (command: string, ...words: string[]) =>
  execFileSync(command, words, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28, stdio: 'pipe' })

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wuse-container-'))
  const needed = ['podman', 'crun', 'fuse-overlayfs', 'debootstrap']
  expect(await installOnDebian(needed), 'podman cannot be installed here').toBe(true)
  makeBase()
})
afterAll(() => {
  run('podman', 'rmi', '--force', image, base)
  rmSync(folder, { recursive: true, force: true })
})

/** Debian 12 with Node 24, npm and the account `node`, as the official image has them. */
function makeBase(): void {
  const system = join(folder, 'system')
  run('debootstrap', '--variant=minbase', '--include=ca-certificates', 'bookworm', system)
  const packages = join(folder, 'packages')
  mkdirSync(packages)
  run('npm', 'install', '--prefix', packages, 'node@24')
  const local = join(system, 'usr', 'local')
  cpSync(join(packages, 'node_modules', 'node', 'bin', 'node'), join(local, 'bin', 'node'))
  const modules = join(local, 'lib', 'node_modules')
  mkdirSync(modules, { recursive: true })
  cpSync(join(run('npm', 'root', '--global').trim(), 'npm'), join(modules, 'npm'), {
    recursive: true,
  })
  symlinkSync('../lib/node_modules/npm/bin/npm-cli.js', join(local, 'bin', 'npm'))
  run('chroot', system, 'useradd', '--create-home', '--uid', '1000', 'node')
  // This machine's own way to the registry, if it has one.
  const own = join(dirname(dirname(realpathSync(process.execPath))), 'etc', 'npmrc')
  if (existsSync(own)) cpSync(own, join(local, 'etc', 'npmrc'))
  run('tar', '-C', system, '-cf', join(folder, 'system.tar'), '.')
  run('podman', 'import', join(folder, 'system.tar'), base)
}

it('builds, and its account starts it', async () => {
  const config = run('npm', 'config', 'get', 'userconfig').trim()
  const own = existsSync(config) ? ['-v', `${config}:/root/.npmrc:ro`] : []
  const certificates = ['-v', '/etc/ssl/certs:/etc/ssl/certs:ro']
  const file = ['-f', 'docs/operations/Containerfile', '-t', image, '--format', 'docker']
  const ways = ['--isolation', 'chroot', '--network', 'host', '--pull=never']
  run('podman', 'build', ...ways, ...own, ...certificates, ...file, '.')

  const container = run('podman', 'create', image).trim()
  const files = run('podman', 'mount', container).trim()
  const [said] = JSON.parse(run('podman', 'image', 'inspect', image)) as Inspected[]
  if (!said) throw new Error('no image')
  expect(said.User).toBe('node')
  const port = await freePort()
  const env = Object.fromEntries(
    said.Config.Env.map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]),
  )
  const { WorkingDir, Cmd } = said.Config
  const words = [
    '--userspec=1000:1000',
    files,
    '/bin/sh',
    '-c',
    `cd ${WorkingDir} && exec "$@"`,
    'sh',
  ]
  run('mount', '--bind', '/proc', join(files, 'proc'))
  const server = spawn('chroot', [...words, ...Cmd], { env: { ...env, PORT: String(port) } })
  const ended = new Promise((resolve) => server.once('exit', resolve))
  try {
    let heard = ''
    for (const stream of [server.stdout, server.stderr]) {
      stream.on('data', (text: Buffer) => (heard += text.toString()))
    }
    await expect
      .poll(
        async () => (await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => null))?.status,
        {
          timeout: 120_000,
        },
      )
      .toBe(200)
    await expect.poll(() => heard).toMatch(/\/setup#\S+/)
    expect(said.Healthcheck.Test.join(' ')).toContain('/healthz')
  } finally {
    server.kill('SIGTERM')
    await ended
    run('umount', join(files, 'proc'))
    run('podman', 'rm', '--force', container)
  }
})
