/** Pages sealed as their lines came from the server. */
import { expect, it } from 'vitest'
import { textToBytes } from '#app/platform/sealing.ts'
import type { PageLine } from '#protocol/pull.ts'
import {
  changeOf,
  createFactory,
  foldPages,
  loadAll,
  openTestVault,
  pageOf,
} from './open-test-vault.ts'

/** As PostgreSQL writes it: with blanks, a carriage return at the end, and what a newer server adds. */
function received(pages: readonly PageLine[]) {
  return new Map(
    pages.map((page) => [
      page,
      textToBytes(`${JSON.stringify({ ...page, later: '样本' }, null, 1).replaceAll('\n', ' ')}\r`),
    ]),
  )
}

it('gives back what came, one line a page and several joined, also after compaction', async () => {
  const factory = createFactory()
  const vault = await openTestVault(factory)
  const lines = Array.from({ length: 12 }, (_, index) =>
    pageOf(index * 100, index * 100 + 100, { changes: [changeOf(1, index * 100 + 1)] }),
  )
  await vault.addPages(lines, received(lines))
  for (let version = 1_200; version < 1_210; version += 1) {
    const line = pageOf(version, version + 1)
    await vault.addPages([line], received([line]))
    lines.push(line)
  }
  const { pages, damaged } = await loadAll(await openTestVault(factory))
  expect(damaged).toEqual([])
  expect(pages.slice(0, 2).map(({ from, to }) => [from, to])).toEqual([
    [0, 1_000],
    [1_000, 1_200],
  ])
  expect(pages[0]).not.toHaveProperty('later')
  expect(foldPages(pages)).toEqual(foldPages(lines))
  await vault.compact()
  const compacted = await loadAll(vault)
  expect(compacted.pages).toHaveLength(2)
  expect(foldPages(compacted.pages)).toEqual(foldPages(lines))
})

it('goes by what the device decided of a line: what is to be forgotten first', async () => {
  const vault = await openTestVault(createFactory())
  await vault.addPages([pageOf(0, 5)])
  const line = pageOf(0, 3)
  const page = { ...line, reset: true as const }
  const [bytes] = received([line]).values()
  await vault.addPages([page], new Map([[page, bytes!]]))
  expect((await loadAll(vault)).pages).toEqual([page])
})

it('joins pages with and without their lines', async () => {
  const vault = await openTestVault(createFactory())
  const [first, second] = [pageOf(0, 5), pageOf(5, 9)]
  await vault.addPages([first, second], received([second]))
  expect((await loadAll(vault)).pages).toEqual([pageOf(0, 9)])
})
