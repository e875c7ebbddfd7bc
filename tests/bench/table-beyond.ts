/** The table of people asked of the server over a large subdistrict: a page, and a slice of a file, with their trace in the log. */
import { pickColumns, usualColumns } from '#domain/door-columns.ts'
import { dayAt } from '#domain/day.ts'
import { residentColumns } from '#domain/resident-columns.ts'
import { cellsBeyond, type BeyondSort } from '#domain/sheet-beyond.ts'
import type { SheetFilter } from '#domain/sheet-filter.ts'
import { pageOfTable, sliceOfTable, type TableCursor } from '#protocol/table.ts'
import { pageOfPeople } from '#server/colours/table.ts'
import { auditAlone, officeChain } from '#server/db/audit.ts'
import { namesOfPlaces, treeBelow } from '#server/db/place-tree.ts'
import { countPeople } from '#server/db/table.ts'
import type { Db } from '#server/db/schema.ts'
import { median, percentile, row, type AddRow } from './rows.ts'
import { adminOf, withOffice } from './scale.ts'

const questions: readonly {
  readonly said: string
  readonly filter: SheetFilter
  readonly by?: BeyondSort
}[] = [
  { said: 'as somebody walks', filter: {} },
  { said: 'red, as somebody walks', filter: { colours: ['red'] } },
  { said: 'overdue by its day', filter: { due: 'overdue' }, by: 'dueOn' },
  { said: '80 and disabled, by age', filter: { ageFrom: 80, tags: ['disabled'] }, by: 'age' },
  { said: 'rented, as somebody walks', filter: { uses: ['rental', 'group-rental'] } },
  { said: 'all by name', filter: {}, by: 'name' },
  { said: 'all by colour', filter: {}, by: 'colour' },
  { said: 'all by birth', filter: {}, by: 'birth' },
]

export async function measureTableBeyond(
  isQuick: boolean,
  add: AddRow,
  residents = 350_000,
): Promise<void> {
  await withOffice(residents, async (db) => {
    const account = await adminOf(db)
    const usual = pickColumns('residents', usualColumns('residents'))
    const pages: number[] = []
    const parts: string[] = []
    for (const { said, filter, by } of questions) {
      const times: number[] = []
      let cursor: TableCursor | null = null
      for (let page = 0; page < (isQuick ? 6 : 20); page += 1) {
        const found = await read(db, account, { filter, by, cursor, limit: pageOfTable })
        if (found.count === 0 && cursor === null) throw new Error(`nobody is ${said}`)
        times.push(found.took)
        cursor = found.cursor
        if (!cursor) break
      }
      pages.push(...times)
      parts.push(`${said} ${Math.round(median(times))}`)
    }
    const all = residents.toLocaleString('en-US')
    add(
      row(
        `page of the table at the server, ${all} residents, p95`,
        'ms',
        300,
        percentile(pages, 0.95),
        {
          note: `median ${parts.join(', ')}; slowest ${Math.round(Math.max(...pages))}; ${usual.length} columns`,
        },
      ),
    )
    await measureFile(db, account, isQuick, (slices, count) =>
      add(
        row(
          `slice of ${sliceOfTable} of a file from the server, ${all} residents, p95`,
          'ms',
          300,
          percentile(slices, 0.95),
          {
            note: `${residentColumns.length} columns, median ${Math.round(median(slices))}, ${slices.length} slices; counted in ${Math.round(count)}`,
          },
        ),
      ),
    )
  })
}

async function measureFile(
  db: Db,
  account: string,
  isQuick: boolean,
  done: (slices: readonly number[], count: number) => void,
): Promise<void> {
  const tree = await treeBelow(db, account)
  const began = performance.now()
  const streams = tree.map(({ id }) => id)
  const count = await countPeople(db, { streams, filter: {}, today: dayAt(Date.now()) })
  const counted = performance.now() - began
  const slices: number[] = []
  let cursor: TableCursor | null = null
  let rows = 0
  do {
    const found = await read(db, account, { filter: {}, cursor, limit: sliceOfTable, isFile: true })
    slices.push(found.took)
    rows += found.count
    cursor = found.cursor
  } while (cursor && slices.length < (isQuick ? 40 : 1_000))
  if (!isQuick && rows !== count) throw new Error(`${rows} of ${count} were in the slices`)
  done(slices, counted)
}

interface Asked {
  readonly filter: SheetFilter
  readonly by?: BeyondSort | undefined
  readonly cursor: TableCursor | null
  readonly limit: number
  readonly isFile?: boolean
}

/** What the route does, without the line to the device. */
async function read(db: Db, account: string, { filter, by, cursor, limit, isFile }: Asked) {
  const columns = isFile ? residentColumns : pickColumns('residents', usualColumns('residents'))
  const began = performance.now()
  const tree = await treeBelow(db, account)
  const names = await namesOfPlaces(
    db,
    tree.map(({ id }) => id),
  )
  const streams = tree
    .map(({ id }) => ({ id, order: names.get(id)?.order ?? 0 }))
    .sort((a, b) => a.order - b.order)
    .map(({ id }) => id)
  const page = await pageOfPeople(db, {
    ...{ streams, filter, cursor, limit, today: dayAt(Date.now()) },
    sort: by ? { by, descending: false } : null,
    namesOf: (stream) => ({ subdistrict: '', community: '', grid: names.get(stream)?.name ?? '' }),
    isLate: () => performance.now() - began > 150,
  })
  if (!page) throw new Error('the table began anew')
  const sent = JSON.stringify(page.rows.map((one) => cellsBeyond(columns, one, false)))
  await auditAlone(db, officeChain, {
    ...{ act: 'table', at: new Date().toISOString(), account },
    facts: { purpose: 'check', count: page.rows.length, size: sent.length },
  })
  return { count: page.rows.length, cursor: page.cursor, took: performance.now() - began }
}
