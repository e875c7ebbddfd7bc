/** The embedded PostgreSQL under what happens to machines: killed, restarted, started twice, closed folders. */
import { spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { afterEach, describe, expect, it } from 'vitest'
import { openCluster, type Cluster } from '#server/cluster/open-cluster.ts'
import { commandOf, isAlive, until } from '#server/cluster/processes.ts'
import { openDatabase } from '#server/db/connect.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const isRoot = process.getuid?.() === 0

const folders: string[] = []
const clusters: Cluster[] = []

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'wuse-cluster-'))
  chmodSync(folder, 0o755)
  folders.push(folder)
  return folder
}

async function open(dataDir: string): Promise<Cluster> {
  const cluster = await openCluster({ dataDir })
  clusters.push(cluster)
  return cluster
}

async function ask(url: string, statement: string): Promise<unknown[]> {
  const db = openDatabase(url)
  try {
    return (await sql.raw(statement).execute(db)).rows
  } finally {
    await db.destroy()
  }
}

afterEach(async () => {
  for (const cluster of clusters.splice(0)) await cluster.stop()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** Runs a cluster in a Node of its own that prints its address, and then waits to be killed. */
async function openElsewhere(dataDir: string, as?: { uid: number; gid: number }) {
  const script = `
    import { runnerImport } from 'vite'
    const file = process.argv[1]
    const { module } = await runnerImport(file, { configFile: false, logLevel: 'error', cacheDir: ${JSON.stringify(join(tmpdir(), `wuse-vite-${process.pid}`))} })
    try {
      const cluster = await module.openCluster({ dataDir: process.argv[2] })
      console.log('URL ' + cluster.url + ' ' + cluster.pid)
      setInterval(() => {}, 1000)
    } catch (error) {
      console.log('REFUSED ' + error.message)
      process.exit(1)
    }`
  const child = spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      script,
      join(root, 'src/server/cluster/open-cluster.ts'),
      dataDir,
    ],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], ...as },
  )
  const line = await new Promise<string>((resolve, reject) => {
    let said = ''
    child.stdout.on('data', (text: Buffer) => {
      said += text.toString()
      if (said.includes('\n')) resolve(said.trim())
    })
    child.once('exit', () => reject(new Error(`ended: ${said}`)))
  })
  const [word, url = '', pid = ''] = line.split(' ')
  return {
    line,
    url: word === 'URL' ? url : '',
    pid: Number(pid),
    kill: (signal: NodeJS.Signals) =>
      new Promise((resolve) => {
        child.once('exit', resolve)
        child.kill(signal)
      }),
  }
}

describe('the embedded PostgreSQL', () => {
  it('keeps its data over a stop and a start, durable and checked', async () => {
    const folder = newFolder()
    const first = await open(folder)
    await ask(first.url, 'create table kept (n int)')
    await ask(first.url, 'insert into kept values (7)')
    const settings = await ask(
      first.url,
      `select current_setting('fsync') as fsync, current_setting('data_checksums') as checksums,
        current_setting('server_encoding') as encoding, current_setting('log_min_error_statement') as logged`,
    )
    expect(settings).toEqual([{ fsync: 'on', checksums: 'on', encoding: 'UTF8', logged: 'panic' }])
    await first.stop()
    const second = await open(folder)
    expect(await ask(second.url, 'select n from kept')).toEqual([{ n: 7 }])
  })

  it('never runs as root, and lets nobody in without its password', async () => {
    const cluster = await open(newFolder())
    if (process.platform === 'linux') {
      const status = readFileSync(`/proc/${cluster.pid}/status`, 'utf8')
      const uid = Number(/^Uid:\s+(\d+)/m.exec(status)?.[1])
      expect(uid).not.toBe(0)
    }
    const url = new URL(cluster.url)
    url.password = 'guessed'
    await expect(ask(url.href, 'select 1')).rejects.toMatchObject({ code: '28P01' })
  })

  it('refuses a second Wuse on the same folder, with words', async () => {
    const folder = newFolder()
    const other = await openElsewhere(folder)
    await expect(openCluster({ dataDir: folder })).rejects.toThrow(/Another Wuse .* already runs/)
    await other.kill('SIGTERM')
  })

  it('has what was acknowledged when Node is killed, and starts no second PostgreSQL beside the first', async () => {
    const folder = newFolder()
    const killed = await openElsewhere(folder)
    await ask(killed.url, 'create table kept (n int)')
    await ask(killed.url, 'insert into kept select generate_series(1, 1000)')
    await killed.kill('SIGKILL')
    expect(isAlive(killed.pid)).toBe(true)
    const cluster = await open(folder)
    expect(await until(() => !isAlive(killed.pid), 5_000)).toBe(true)
    expect(await ask(cluster.url, 'select count(*)::int as n from kept')).toEqual([{ n: 1000 }])
  })

  it('opens a database folder that came back alone, without its password', async () => {
    const folder = newFolder()
    const first = await open(folder)
    await ask(first.url, 'create table kept (n int)')
    await ask(first.url, 'insert into kept values (7)')
    await first.stop()
    for (const name of readdirSync(folder)) {
      if (name !== 'postgres') rmSync(join(folder, name), { recursive: true })
    }
    const second = await open(folder)
    expect(await ask(second.url, 'select n from kept')).toEqual([{ n: 7 }])
    expect(second.url).not.toContain(new URL(first.url).password)
  })

  it('says that a wrong password file stands beside the database, and how to go on', async () => {
    const folder = newFolder()
    await (await open(folder)).stop()
    writeFileSync(join(folder, 'postgres-password'), 'not-the-password')
    await expect(openCluster({ dataDir: folder })).rejects.toThrow(/postgres-password .* remove it/)
    rmSync(join(folder, 'postgres-password'))
    expect(await ask((await open(folder)).url, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  it('begins anew after a making that was cut short, and clears nothing else away', async () => {
    const folder = newFolder()
    // What a kill in the middle of initdb leaves: the draft, no folder with a version.
    mkdirSync(join(folder, 'postgres'))
    mkdirSync(join(folder, 'postgres.new', 'base'), { recursive: true })
    writeFileSync(join(folder, 'postgres.new', 'PG_VERSION'), '18\n')
    const cluster = await open(folder)
    expect(await ask(cluster.url, 'select 1 as one')).toEqual([{ one: 1 }])
    const other = newFolder()
    mkdirSync(join(other, 'postgres'))
    writeFileSync(join(other, 'postgres', 'somebody-s.txt'), 'mine')
    await expect(openCluster({ dataDir: other })).rejects.toThrow(/holds other files/)
    expect(readFileSync(join(other, 'postgres', 'somebody-s.txt'), 'utf8')).toBe('mine')
  })

  it('refuses the folder of another version of PostgreSQL, untouched', async () => {
    const folder = newFolder()
    await (await open(folder)).stop()
    const version = join(folder, 'postgres', 'PG_VERSION')
    const before = readFileSync(version, 'utf8')
    writeFileSync(version, '15\n')
    await expect(openCluster({ dataDir: folder })).rejects.toThrow(/made by PostgreSQL 15/)
    writeFileSync(version, before)
    await open(folder)
  })

  it('is not kept out by a stale postmaster.pid whose number another process has', async () => {
    const folder = newFolder()
    const first = await open(folder)
    await ask(first.url, 'create table kept (n int)')
    process.kill(first.pid, 'SIGKILL')
    await first.stop()
    const file = join(folder, 'postgres', 'postmaster.pid')
    writeFileSync(file, `${process.pid}\n${folder}\n`)
    const second = await open(folder)
    expect(await ask(second.url, 'select * from kept')).toEqual([])
    expect(commandOf(process.pid)).not.toContain('postgres')
  })

  it('is started again when it is killed under a running Wuse', async () => {
    const cluster = await open(newFolder())
    await ask(cluster.url, 'create table kept (n int)')
    const before = cluster.pid
    process.kill(before, 'SIGKILL')
    await expect
      .poll(() => ask(cluster.url, 'select count(*)::int as n from kept').catch(() => null), {
        timeout: 20_000,
      })
      .toEqual([{ n: 0 }])
    expect(cluster.pid).not.toBe(before)
  })

  it('says in one line that a folder cannot be written', async () => {
    const file = join(newFolder(), 'file')
    writeFileSync(file, '')
    await expect(openCluster({ dataDir: join(file, 'data') })).rejects.toThrow(
      /The data folder .* cannot be written .* set DATA_DIR/,
    )
  })

  it('works for an ordinary user, who owns the files', async () => {
    // As root another account plays the ordinary user; everybody else is one.
    const id = (flag: string) =>
      Number(spawnSync('id', isRoot ? [flag, 'nobody'] : [flag]).stdout.toString())
    const user = { uid: id('-u'), gid: id('-g') }
    const folder = newFolder()
    if (isRoot) chownSync(folder, user.uid, user.gid)
    const other = await openElsewhere(folder, user)
    expect(other.line).toContain('URL')
    expect(await ask(other.url, 'select 1 as one')).toEqual([{ one: 1 }])
    await other.kill('SIGTERM')
    process.kill(other.pid, 'SIGINT')
    expect(await until(() => !isAlive(other.pid), 10_000)).toBe(true)
  })

  it('keeps its files where its account can enter, in the data folder or behind a link in it', async () => {
    const closed = newFolder()
    chmodSync(closed, 0o700)
    const data = join(closed, 'data')
    const cluster = await open(data)
    await ask(cluster.url, 'create table kept (n int)')
    await cluster.stop()
    expect(existsSync(join(data, 'postgres', 'PG_VERSION'))).toBe(true)
    const again = await open(data)
    expect(await ask(again.url, 'select * from kept')).toEqual([])
    const real = dirname(
      readFileSync(join(data, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[1] ?? '',
    )
    expect(real).toBe(isRoot ? '/var/lib/wuse' : realpathSync(data))
    await again.stop()
    rmSync(realpathSync(join(data, 'postgres')), { recursive: true })
  })
})
