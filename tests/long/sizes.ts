/** What an installation takes, for docs/deploy.md: disk and memory of an empty office and of one with 33,000 people. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { findPostgresFolder } from '#server/cluster/folder.ts'
import { findRunning } from '#server/cluster/find-running.ts'
import { createWuseServer } from '#tests/support/wuse-server.ts'

const output = (command: string, ...words: string[]) =>
  execFileSync(command, words, { encoding: 'utf8' })

/** Megabytes of each process of this data folder: what it holds alone, and its part of what it shares. */
async function memoryOf(dataDir: string): Promise<{ node: number; postgres: number }> {
  const running = await findRunning(dataDir)
  const folder = findPostgresFolder(dataDir)?.path
  if (running === null || folder === undefined) throw new Error('no Wuse runs there')
  const megabytes = (pid: string) => {
    const [, kilobytes = '0'] =
      /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')) ?? []
    return Number(kilobytes) / 1000
  }
  const [main = ''] = readFileSync(`${folder}/postmaster.pid`, 'utf8').split('\n')
  const children = output('ps', '-o', 'pid=', '--ppid', main).trim().split(/\s+/)
  const postgres = [main, ...children].reduce((sum, pid) => sum + megabytes(pid), 0)
  return { node: Math.round(megabytes(String(running.holder))), postgres: Math.round(postgres) }
}

it.each([
  ['an empty office', 1, { DEMO: 'off' }],
  ['33,000 people', 33_000, {}],
])('%s', async (name, residents, settings) => {
  const server = await createWuseServer(residents, 600, settings)
  try {
    await server.start()
    // As it stands from day to day: started once more.
    await server.stop()
    await server.start()
    const disk = Number(output('du', '-sm', server.dataDir).split('\t')[0])
    const { node, postgres } = await memoryOf(server.dataDir)
    console.log(
      `${name}: ${disk} MB of disk, ${node} MB of memory for the server, ${postgres} MB for PostgreSQL`,
    )
    expect(disk).toBeGreaterThan(0)
    expect(node + postgres).toBeGreaterThan(0)
  } finally {
    await server.remove()
  }
})
