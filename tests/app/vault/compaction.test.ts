import fc from '#tests/support/fast-check.ts'
import { expect, it, vi } from 'vitest'
import type { PageLine } from '#protocol/pull.ts'
import { gatherPages, mergePages, pageSize } from '#app/vault/merge-pages.ts'
import {
  changeOf,
  createFactory,
  foldPages,
  grid,
  idOf,
  loadAll,
  openTestVault,
  otherGrid,
  pageOf,
  recordOf,
} from './open-test-vault.ts'

/** A stream's history: each step is a page of patched, new or removed records, now and then fetched anew. */
const history = fc.array(
  fc.record({
    reset: fc.boolean(),
    records: fc.array(fc.tuple(fc.integer({ min: 1, max: 12 }), fc.boolean()), { maxLength: 6 }),
    stream: fc.constantFrom(grid, otherGrid),
  }),
  { minLength: 1, maxLength: 40 },
)

function stepsToPages(steps: Step[]): PageLine[] {
  const at = new Map<string, { epoch: number; version: number }>()
  return steps.map(({ reset, records, stream }, step) => {
    const held = at.get(stream) ?? { epoch: 1, version: 0 }
    const anew = reset && held.version > 0 && step % 5 === 0
    const from = anew ? 0 : held.version
    const epoch = anew ? held.epoch + 1 : held.epoch
    const page: PageLine = {
      type: 'page',
      stream,
      epoch,
      from,
      to: from + records.length,
      ...(anew ? { reset: true as const } : {}),
      records: records.map(([number, removed], index) =>
        removed
          ? { kind: 'resident' as const, id: idOf(number), version: from + index + 1, removed }
          : recordOf(number, from + index + 1, `样本 ${step} ${index}`),
      ),
      changes: records.map(([number], index) => ({
        ...changeOf(number, from + index + 1),
        id: idOf(0xc0000 + step * 100 + index),
      })),
    }
    at.set(stream, { epoch, version: page.to })
    return page
  })
}
interface Step {
  reset: boolean
  records: [number, boolean][]
  stream: string
}

it('means the same after compaction, with fewer pages', async () => {
  await fc.assert(
    fc.asyncProperty(history, async (steps) => {
      const pages = stepsToPages(steps)
      const factory = createFactory()
      const vault = await openTestVault(factory)
      for (const page of pages) await vault.addPages([page])
      const before = await loadAll(vault)
      expect(foldPages(before.pages)).toEqual(foldPages(pages))
      const cursors = await vault.cursors()

      await vault.compact()
      const after = await loadAll(vault)
      expect(after.damaged).toEqual([])
      expect(foldPages(after.pages)).toEqual(foldPages(before.pages))
      expect(after.pages.length).toBeLessThanOrEqual(Math.min(before.pages.length, 2 * 6))
      expect(await vault.cursors()).toEqual(cursors)
      vault.close()
    }),
    { numRuns: 40 },
  )
})

it('cuts large streams at versions, and joins small ones', () => {
  const pages = Array.from({ length: 50 }, (_, index) => pageOf(index * 100, index * 100 + 100))
  const merged = mergePages([{ ...pages[0]!, reset: true }, ...pages.slice(1)])
  expect(merged.map(({ from, to, reset }) => [from, to, reset])).toEqual([
    [0, 1024, true],
    [1024, 2048, undefined],
    [2048, 3072, undefined],
    [3072, 4096, undefined],
    [4096, 5000, undefined],
  ])
  for (const page of merged) expect(page.records.length).toBeLessThanOrEqual(pageSize)
  expect(mergePages([])).toEqual([])
  const empty = pageOf(0, 4, { records: [] })
  expect(mergePages([empty, pageOf(4, 9, { records: [] })])).toEqual([{ ...empty, to: 9 }])
  expect(gatherPages([])).toEqual([])
})

it('leaves alone what is large already, and what another tab fetched anew meanwhile', async () => {
  const factory = createFactory()
  const [one, two] = [await openTestVault(factory), await openTestVault(factory)]
  for (let version = 0; version < 20; version++) await one.addPages([pageOf(version, version + 1)])
  // The other tab's answer comes between the reading and the writing of the first one's compaction.
  const encrypt = crypto.subtle.encrypt.bind(crypto.subtle)
  const fresh = pageOf(0, 3, { epoch: 2, reset: true })
  let once = true
  vi.spyOn(crypto.subtle, 'encrypt').mockImplementation(async (...given) => {
    if (once) {
      once = false
      await two.addPages([fresh])
    }
    return encrypt(...given)
  })
  await one.compact()
  expect(once).toBe(false)
  expect((await loadAll(one)).pages).toEqual([fresh])
})

it('keeps what was appended while it worked, behind what it wrote', async () => {
  const factory = createFactory()
  const [one, two] = [await openTestVault(factory), await openTestVault(factory)]
  for (let version = 0; version < 20; version++) await one.addPages([pageOf(version, version + 1)])
  const encrypt = crypto.subtle.encrypt.bind(crypto.subtle)
  const late = pageOf(20, 21, { records: [recordOf(1, 21, '样本新名')] })
  let once = true
  vi.spyOn(crypto.subtle, 'encrypt').mockImplementation(async (...given) => {
    if (once) {
      once = false
      await two.addPages([late])
    }
    return encrypt(...given)
  })
  await one.compact()
  const { pages, damaged } = await loadAll(one)
  expect(damaged).toEqual([])
  expect(pages).toEqual([pageOf(0, 20), late])
  await one.addPages([pageOf(21, 22)])
  expect((await loadAll(one)).pages.map(({ to }) => to)).toEqual([20, 21, 22])
})

it('is as it was when it is interrupted', async () => {
  const factory = createFactory()
  const vault = await openTestVault(factory)
  for (let version = 0; version < 20; version++)
    await vault.addPages([pageOf(version, version + 1)])
  const before = await loadAll(vault)
  const encrypt = crypto.subtle.encrypt.bind(crypto.subtle)
  vi.spyOn(crypto.subtle, 'encrypt').mockImplementationOnce(async (...given) => {
    vault.close()
    return encrypt(...given)
  })
  await expect(vault.compact()).rejects.toMatchObject({ reason: 'closed' })
  expect(await loadAll(await openTestVault(factory))).toEqual(before)
})
