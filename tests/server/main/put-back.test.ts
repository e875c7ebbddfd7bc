/** The data folder of the embedded server, put back to a copy of before under devices that go on working. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Intent } from '#app/acts/intent.ts'
import { until, type Tab } from '#tests/support/device.ts'
import { createWuseServer, demoPassword, type WuseServer } from '#tests/support/wuse-server.ts'
import { begin, createServedTablet, isUpToDate, pin } from '../sync/tablets.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const kept = mkdtempSync(join(tmpdir(), 'wuse-kept-'))
let server: WuseServer

beforeAll(async () => {
  spawnSync(process.execPath, [join(root, 'build.mjs'), '--quiet', '--if-changed'])
  server = await createWuseServer(120)
  await server.start()
}, 180_000)
afterAll(async () => {
  await server.remove()
  rmSync(kept, { recursive: true, force: true })
})

async function started() {
  const tablet = createServedTablet({
    clock: { now: () => Date.now() },
    server: {
      async fetch(request) {
        const { pathname, search } = new URL(request.url)
        const { method, headers, signal } = request
        const text = await request.text()
        const body = text === '' ? {} : { body: text }
        return fetch(server.url + pathname + search, { method, headers, signal, ...body })
      },
    },
  })
  const tab = await begin(tablet, 'worker1', pin, demoPassword)
  return { tablet, tab }
}

async function calls(tab: Tab, count: number): Promise<string[]> {
  const home = [...tab.app.register.all('household')].find(({ fields }) => !fields.endedOn)
  if (!home) throw new Error('no household')
  const made: string[] = []
  for (let number = 0; number < count; number += 1) {
    const record = tab.app.work.newId()
    const at = new Date(tab.app.now()).toISOString()
    const fields = { household: home.id, channel: 'door', outcome: 'met', unchanged: true, at }
    const intent = { op: 'create', kind: 'visit', record, stream: home.stream, fields } as Intent
    expect(await tab.app.work.save([intent])).toMatchObject({ ok: true })
    made.push(record)
  }
  return made
}

/** Time goes on for it too: a request that the stopped server never answered is given up. */
function look({ tablet, tab }: Awaited<ReturnType<typeof started>>): void {
  tab.touch()
  tablet.clock.advance(2_000)
  tab.app.syncActs.syncNow()
}

const copy = (from: string, to: string) => execFileSync('cp', ['-pR', `${from}/.`, to])
const visitsOf = (tab: Tab) => [...tab.app.register.all('visit')].map(({ id }) => id).sort()

it('an earlier data folder is noticed; what devices delivered since is given back, and all agree', async () => {
  const [mine, other] = [await started(), await started()]
  await server.stop()
  copy(server.dataDir, kept)
  await server.start()
  const lost = await calls(mine.tab, 3)
  for (const { tab } of [mine, other]) tab.app.syncActs.syncNow()
  await until(() => isUpToDate(mine.tab))
  await expect
    .poll(
      () => {
        look(other)
        const { phase, problem } = other.tab.app.sync.getState()
        const lacks = lost.filter((id) => !other.tab.app.register.get('visit', id))
        return { lacks: lacks.length, phase, problem }
      },
      { timeout: 30_000 },
    )
    .toMatchObject({ lacks: 0 })

  await server.stop()
  rmSync(server.dataDir, { recursive: true })
  execFileSync('mkdir', ['-m', '755', server.dataDir])
  copy(kept, server.dataDir)
  await server.start()
  const more = await calls(mine.tab, 4)
  const all = [...lost, ...more]
  await expect
    .poll(
      () => {
        for (const seat of [mine, other]) look(seat)
        const here = visitsOf(other.tab)
        const isSame = JSON.stringify(here) === JSON.stringify(visitsOf(mine.tab))
        return isSame && all.every((id) => here.includes(id)) && isUpToDate(mine.tab)
      },
      { timeout: 60_000, interval: 250 },
    )
    .toBe(true)
  const fresh = await started()
  expect(visitsOf(fresh.tab)).toEqual(visitsOf(mine.tab))
  for (const { tab, tablet } of [mine, other, fresh]) {
    tab.close()
    tablet.end()
  }
}, 300_000)
