import { expect, it } from 'vitest'
import { VaultFault } from '#app/vault/vault.ts'
import { databaseName } from '#app/vault/schema.ts'
import {
  account,
  changeOf,
  createFactory,
  foldPages,
  grid,
  idOf,
  loadAll,
  openRaw,
  openTestVault,
  otherGrid,
  pageOf,
  putRow,
  recordOf,
  rowsOf,
} from './open-test-vault.ts'

it('gives pages back in the order written, after a restart too', async () => {
  const factory = createFactory()
  const vault = await openTestVault(factory)
  const first = pageOf(0, 3)
  const second = pageOf(3, 4, { records: [recordOf(1, 4, '样本改名')], changes: [changeOf(1, 4)] })
  await vault.addPages([first])
  await vault.addPages([pageOf(0, 2, { stream: otherGrid })])
  await vault.addPages([second])
  vault.close()

  const again = await openTestVault(factory)
  const { pages, damaged } = await loadAll(again)
  expect(damaged).toEqual([])
  expect(pages).toEqual([first, pageOf(0, 2, { stream: otherGrid }), second])
  expect(await again.cursors()).toEqual({
    [grid]: { epoch: 1, version: 4 },
    [otherGrid]: { epoch: 1, version: 2 },
  })
})

it('seals small pages that arrive together as one', async () => {
  const factory = createFactory()
  const vault = await openTestVault(factory)
  const lines = Array.from({ length: 30 }, (_, index) => pageOf(index * 100, index * 100 + 100))
  await vault.addPages(lines)
  const { pages } = await loadAll(vault)
  expect(pages.map(({ from, to }) => [from, to])).toEqual([
    [0, 1000],
    [1000, 2000],
    [2000, 3000],
  ])
  expect(foldPages(pages)).toEqual(foldPages(lines))
})

it('drops the earlier pages of a stream that is fetched anew, and no other stream', async () => {
  const vault = await openTestVault(createFactory())
  await vault.addPages([pageOf(0, 5), pageOf(0, 5, { stream: otherGrid })])
  const fresh = pageOf(0, 2, { epoch: 2, reset: true })
  await vault.addPages([fresh, pageOf(2, 3, { epoch: 2 })])
  const { pages, damaged } = await loadAll(vault)
  expect(damaged).toEqual([])
  expect(pages.filter(({ stream }) => stream === grid)).toEqual([
    { ...pageOf(0, 3, { epoch: 2 }), reset: true },
  ])
  expect(pages.filter(({ stream }) => stream === otherGrid)).toHaveLength(1)
  expect((await vault.cursors())[grid]).toEqual({ epoch: 2, version: 3 })
})

it('forgets what came before a reset in the same answer', async () => {
  const vault = await openTestVault(createFactory())
  await vault.addPages([pageOf(0, 5), pageOf(0, 2, { reset: true })])
  expect((await loadAll(vault)).pages).toEqual([pageOf(0, 2, { reset: true })])
})

it('drops a stream', async () => {
  const vault = await openTestVault(createFactory())
  await vault.addPages([pageOf(0, 5), pageOf(0, 5, { stream: otherGrid })])
  await vault.dropStream(grid)
  expect((await loadAll(vault)).pages.map(({ stream }) => stream)).toEqual([otherGrid])
  expect(Object.keys(await vault.cursors())).toEqual([otherGrid])
})

it('names a stream that a damaged page cost its cursor, so that it can still be dropped', async () => {
  const factory = createFactory()
  const vault = await openTestVault(factory)
  await vault.addPages([pageOf(0, 5)])
  await vault.addPages([pageOf(5, 8)])
  await change(factory, 'pages', ({ from }) => from === 5, spoil)
  await loadAll(vault)
  expect(await vault.cursors()).toEqual({})
  expect(await vault.streams()).toEqual([grid])
  await vault.dropStream(grid)
  expect(await vault.streams()).toEqual([])
  expect((await loadAll(vault)).pages).toEqual([])
})

it('takes no page that would leave a hole, and writes nothing of that call', async () => {
  const vault = await openTestVault(createFactory())
  await vault.addPages([pageOf(0, 5)])
  const other = pageOf(0, 5, { stream: otherGrid })
  await expect(vault.addPages([other, pageOf(7, 9)])).rejects.toBeInstanceOf(VaultFault)
  await expect(vault.addPages([other, pageOf(5, 9, { epoch: 2 })])).rejects.toThrow()
  await expect(vault.addPages([pageOf(5, 6), pageOf(8, 9)])).rejects.toThrow()
  expect(await vault.cursors()).toEqual({ [grid]: { epoch: 1, version: 5 } })
  expect((await loadAll(vault)).pages).toEqual([pageOf(0, 5)])
})

it('does not put a page that it had after newer ones', async () => {
  const vault = await openTestVault(createFactory())
  await vault.addPages([pageOf(0, 2)])
  await vault.addPages([pageOf(2, 3, { records: [recordOf(1, 3, '样本新名')] })])
  await vault.addPages([pageOf(0, 2)])
  const folded = foldPages((await loadAll(vault)).pages)
  expect(folded.get(grid)?.records.get(idOf(1))).toEqual(recordOf(1, 3, '样本新名'))
})

it('reports a damaged page, keeps its neighbours, and lets the stream be fetched again', async () => {
  const factory = createFactory()
  const vault = await openTestVault(factory)
  await vault.addPages([pageOf(0, 5), pageOf(0, 5, { stream: otherGrid })])
  await vault.addPages([pageOf(5, 8)])
  await change(factory, 'pages', ({ stream, from }) => stream === grid && from === 0, spoil)

  const { pages, damaged } = await loadAll(vault)
  expect(damaged).toEqual([grid])
  expect(pages.map(({ stream, from }) => [stream, from])).toEqual([
    [otherGrid, 0],
    [grid, 5],
  ])
  expect(Object.keys(await vault.cursors())).toEqual([otherGrid])

  // The server sends it whole; whether or not it says reset, what was left of it goes.
  await vault.addPages([pageOf(0, 9)])
  const healed = await loadAll(vault)
  expect(healed.damaged).toEqual([])
  expect(healed.pages.filter(({ stream }) => stream === grid)).toEqual([pageOf(0, 9)])
})

it('notices pages that were exchanged, given another place, or lost', async () => {
  const spoilers: Record<string, (rows: Row[]) => Row[]> = {
    exchanged: ([a, b]) => [
      { ...a!, box: b!.box },
      { ...b!, box: a!.box },
    ],
    'another version': ([a]) => [{ ...a!, to: 6 }],
    'another epoch': ([a]) => [{ ...a!, epoch: 2 }],
    'another stream': ([a]) => [{ ...a!, stream: otherGrid }],
  }
  for (const [name, act] of Object.entries(spoilers)) {
    const factory = createFactory()
    const vault = await openTestVault(factory)
    await vault.addPages([pageOf(0, 5)])
    await vault.addPages([pageOf(5, 8)])
    const db = await openRaw(factory, databaseName(account))
    for (const row of act((await rowsOf(db, 'pages')) as Row[])) await putRow(db, 'pages', row)
    db.close()
    expect((await loadAll(vault)).damaged, name).toContain(grid)
    expect(await vault.cursors(), name).toEqual({})
  }

  const factory = createFactory()
  const vault = await openTestVault(factory)
  await vault.addPages([pageOf(0, 5)])
  await vault.addPages([pageOf(5, 8)])
  const db = await openRaw(factory, databaseName(account))
  const rows = (await rowsOf(db, 'pages')) as Row[]
  db.transaction('pages', 'readwrite').objectStore('pages').delete(rows[1]!.n)
  db.close()
  const { pages, damaged } = await loadAll(vault)
  expect(damaged).toEqual([grid])
  expect(pages).toEqual([pageOf(0, 5)])
})

it('opens nothing with another key, and loses no cursor of what another tab wrote', async () => {
  const factory = createFactory()
  await (await openTestVault(factory)).addPages([pageOf(0, 5)])
  const stranger = await openTestVault(factory, 2)
  expect(await loadAll(stranger)).toEqual({ pages: [], damaged: [grid] })
})

it('lets the event loop turn between pages', async () => {
  const vault = await openTestVault(createFactory())
  for (let page = 0; page < 20; page++) {
    await vault.addPages([pageOf(page * 1000, page * 1000 + 1000)])
  }
  let turns = 0
  let pages = 0
  const seen: number[] = []
  const turn = () => {
    turns += 1
    if (pages < 20) setImmediate(turn)
  }
  setImmediate(turn)
  await vault.load(() => {
    pages += 1
    seen.push(turns)
  })
  expect(pages).toBe(20)
  expect(new Set(seen).size).toBeGreaterThan(3)
})

interface Row extends Record<string, unknown> {
  readonly n: number
  readonly box: Uint8Array
}

/** One byte of the box is another. */
function spoil(row: Row): Row {
  const box = Uint8Array.from(row.box)
  box[20] = box[20]! ^ 1
  return { ...row, box }
}

async function change(
  factory: Parameters<typeof openRaw>[0],
  table: string,
  which: (row: Row) => boolean,
  to: (row: Row) => Row,
) {
  const db = await openRaw(factory, databaseName(account))
  const rows = ((await rowsOf(db, table)) as Row[]).filter(which)
  expect(rows.length).toBeGreaterThan(0)
  for (const row of rows) await putRow(db, table, to(row))
  db.close()
}
