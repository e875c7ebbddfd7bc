/** Search at the server over a large subdistrict: what the database takes for a question, with its trace in the log. */
import { readBeyond, type Beyond } from '#domain/search-beyond.ts'
import { readQuery } from '#domain/search-query.ts'
import { mostFound } from '#protocol/search.ts'
import { auditAlone, officeChain } from '#server/db/audit.ts'
import { treeBelow } from '#server/db/place-tree.ts'
import type { Db } from '#server/db/schema.ts'
import { searchStreams } from '#server/db/search.ts'
import { median, percentile, row, type AddRow } from './rows.ts'
import { adminOf, withOffice } from './scale.ts'

const kinds = ['by name', 'by telephone', 'by document', 'by door'] as const

export async function measureSearchBeyond(
  isQuick: boolean,
  add: AddRow,
  residents = 350_000,
): Promise<void> {
  await withOffice(residents, async (db) => {
    const account = await adminOf(db)
    const asked = await questionsOf(db, isQuick ? 40 : 150)
    const times: Record<string, number[]> = {}
    for (const { kind, text } of asked) {
      const ways: readonly Beyond[] = readBeyond(readQuery(text))
      const began = performance.now()
      const tree = await treeBelow(db, account)
      const streams = tree.map(({ id }) => id)
      const { rows } = await searchStreams(db, streams, ways, mostFound)
      const at = new Date().toISOString()
      const facts = { purpose: 'contact', count: rows.length }
      await auditAlone(db, officeChain, { act: 'search', at, account, facts })
      const took = performance.now() - began
      if (rows.length === 0) throw new Error(`nothing was found ${kind}`)
      ;(times[kind] ??= []).push(took)
    }
    const all = Object.values(times).flat()
    const parts = kinds.map((kind) => `${kind} ${Math.round(median(times[kind] ?? []))}`)
    add(
      row(
        `search at the server, ${residents.toLocaleString('en-US')} residents, p95`,
        'ms',
        300,
        percentile(all, 0.95),
        {
          note: `median ${parts.join(', ')}; slowest ${Math.round(Math.max(...all))}`,
        },
      ),
    )
  })
}

/** Of people who are there: the whole name, its beginning and its end, the ends of numbers, and doors. */
async function questionsOf(db: Db, count: number) {
  const people = await db
    .selectFrom('record')
    .select('fields')
    .where('kind', '=', 'resident')
    .orderBy('id')
    .limit(20_000)
    .execute()
  const doors = await db
    .selectFrom('record as dwelling')
    .innerJoin('record as building', (join) =>
      join
        .onRef('building.stream', '=', 'dwelling.stream')
        .onRef('building.id', '=', 'dwelling.parent'),
    )
    .select(['dwelling.fields as door', 'building.fields as block'])
    .where('dwelling.kind', '=', 'dwelling')
    .limit(5_000)
    .execute()
  const questions: { readonly kind: (typeof kinds)[number]; readonly text: string }[] = []
  const put = (kind: (typeof kinds)[number], text: unknown) => {
    if (typeof text === 'string' && text !== '') questions.push({ kind, text })
  }
  for (let n = 0; n < count; n += 1) {
    const { fields = {} } = people[(n * 131) % people.length] ?? {}
    const name = String(fields['name'])
    put('by name', name)
    put('by name', name.slice(0, 2))
    put('by name', name.slice(-2))
    const [phone] = Array.isArray(fields['phones']) ? (fields['phones'] as string[]) : []
    put('by telephone', phone?.slice(-4))
    put('by telephone', phone)
    put('by document', fields['documentNumber'])
    const { door = {}, block = {} } = doors[(n * 31) % doors.length] ?? {}
    const unit = typeof door['unit'] === 'string' ? `${door['unit']}单元` : ''
    put(
      'by door',
      `${String(block['estate'])}${String(block['name'])}${unit}${String(door['room'])}`,
    )
  }
  return questions
}
