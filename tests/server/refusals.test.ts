/** Each refusal of one mutation: it changes nothing, and stops nobody. */
import { describe, expect, it } from 'vitest'
import { useGrid } from './grid.ts'
import { building, resident, visit } from './sample.ts'

const g = useGrid()

describe('a refusal', () => {
  const cases: Record<
    string,
    { readonly problem: string; readonly make: () => object | Promise<object> }
  > = {
    'no mutation at all but its name': {
      problem: 'malformed',
      make: () => ({ id: g.office.ids(), seq: 4 }),
    },
    'a moment that no calendar has': {
      problem: 'malformed',
      make: async () => ({ ...(await g.patchResident(g.worker, { note: 'x' })), at: '2026-13-45' }),
    },
    'an unknown kind': {
      problem: 'unknown-kind',
      make: () => ({ ...g.worker.create(g.grid, 'visit', g.office.ids(), {}), kind: 'spaceship' }),
    },
    'more than a person types': {
      problem: 'too-large',
      make: () => g.patchResident(g.worker, { extra: 'x'.repeat(70_000) }),
    },
    'a character that the database cannot hold': {
      problem: 'malformed',
      make: () => g.patchResident(g.worker, { note: 'a\0b' }),
    },
    'half of a surrogate pair': {
      problem: 'malformed',
      make: () => g.patchResident(g.worker, { note: 'a\ud83d' }),
    },
    'a nest without a bottom': {
      problem: 'malformed',
      make: () =>
        g.patchResident(g.worker, {
          extra: JSON.parse('['.repeat(1_000) + ']'.repeat(1_000)) as unknown,
        }),
    },
    "another device's name": {
      problem: 'not-allowed',
      make: async () => ({
        ...(await g.patchResident(g.worker, { note: 'x' })),
        device: g.colleague.id,
      }),
    },
    "a stream of somebody else's": {
      problem: 'stream-not-yours',
      make: async () => ({
        ...(await g.patchResident(g.worker, { note: 'x' })),
        stream: g.office.places.farGrid,
      }),
    },
    'a stream that does not exist': {
      problem: 'stream-not-yours',
      make: async () => ({
        ...(await g.patchResident(g.worker, { note: 'x' })),
        stream: g.office.ids(),
      }),
    },
    'the stream above, which is for reading': {
      problem: 'stream-not-yours',
      make: async () => ({
        ...(await g.patchResident(g.worker, { note: 'x' })),
        stream: g.office.places.community,
      }),
    },
    'a kind that only the server writes': {
      problem: 'kind-not-yours',
      make: () => g.worker.create(g.grid, 'colour', g.office.ids(), {}),
    },
    'a kind of another role': {
      problem: 'kind-not-yours',
      make: () => g.worker.create(g.grid, 'building', g.office.ids(), building()),
    },
    'a patch of a visit': {
      problem: 'append-only',
      make: () =>
        g.worker.mutation({
          stream: g.grid,
          kind: 'visit',
          record: g.office.ids(),
          op: 'patch',
          fields: { note: 'x' },
        }),
    },
    'fields that are not valid': {
      problem: 'invalid-fields',
      make: () => g.patchResident(g.worker, { birth: '2026-02-30' }),
    },
    'fields that contradict each other': {
      problem: 'invalid-fields',
      make: () => g.patchResident(g.worker, { diedOn: '1970-01-01' }),
    },
    'a record that is there already': {
      problem: 'record-exists',
      make: () => g.worker.create(g.grid, 'resident', g.home.resident, resident(g.home.household)),
    },
    'the same record in capitals': {
      problem: 'record-exists',
      async make() {
        const id = `a${g.office.ids().slice(1)}`
        const fields = resident(g.home.household)
        await g.colleague.pushed([g.colleague.create(g.grid, 'resident', id, fields)])
        return g.worker.create(g.grid, 'resident', id.toUpperCase(), fields)
      },
    },
    'a record that is not there': {
      problem: 'record-gone',
      make: async () => ({
        ...(await g.patchResident(g.worker, { note: 'x' })),
        record: g.office.ids(),
      }),
    },
    'a record of another kind': {
      problem: 'record-gone',
      make: async () => ({
        ...(await g.patchResident(g.worker, { note: 'x' })),
        record: g.home.dwelling,
      }),
    },
    'a household that is not there': {
      problem: 'reference-missing',
      make: () => g.worker.create(g.grid, 'resident', g.office.ids(), resident(g.office.ids())),
    },
    'a reference to another kind': {
      problem: 'reference-missing',
      make: () => g.worker.create(g.grid, 'resident', g.office.ids(), resident(g.home.dwelling)),
    },
    'a move into nowhere': {
      problem: 'reference-missing',
      make: () => g.patchResident(g.worker, { household: g.office.ids() }),
    },
    'a visit without an instant': {
      problem: 'invalid-fields',
      make: () =>
        g.worker.create(
          g.grid,
          'visit',
          g.office.ids(),
          visit(g.home.household, '2026-99-99T00:00:00Z'),
        ),
    },
  }

  it.each(Object.entries(cases))(
    'of %s changes nothing and stops nobody',
    async (_, { problem, make }) => {
      const before = await g.recordOf(g.home.resident)
      const bad = { ...(await make()), seq: 4 } as { id: string; seq: number }
      g.worker.rewind(4)
      const { receipts, expected } = await g.worker.pushed([bad])
      expect(receipts).toMatchObject([{ id: bad.id, seq: 4, ok: false, problem }])
      expect(expected).toBe(5)
      expect(await g.recordOf(g.home.resident)).toEqual(before)
      const changes = await g.office.db
        .selectFrom('change')
        .select('id')
        .where('id', '=', bad.id)
        .execute()
      expect(changes).toEqual([])
      const between = await g.worker.pushed([
        await g.patchResident(g.worker, { note: 'vorher' }),
        { ...bad, id: g.office.ids(), seq: 6 },
        { ...(await g.patchResident(g.worker, { note: 'nachher' })), seq: 7 },
      ])
      expect(between.receipts.map((receipt) => receipt.ok)).toEqual([true, false, true])
      expect((await g.recordOf(g.home.resident))?.fields.note).toBe('nachher')
    },
  )

  it('names the fields', async () => {
    const { receipts } = await g.worker.pushed([
      await g.patchResident(g.worker, { birth: '2026-02-30', name: 'x'.repeat(50) }),
    ])
    expect(receipts[0]).toMatchObject({
      fields: [
        { field: 'name', problem: 'too-long', limit: 40 },
        { field: 'birth', problem: 'not-a-day' },
      ],
    })
  })

  it('tells a stranger nothing about what is there', async () => {
    const stranger = await g.office.enter('stranger')
    const patch = (record: string) =>
      stranger.mutation({ stream: g.grid, kind: 'resident', record, op: 'patch', fields: {} })
    const { receipts } = await stranger.pushed([patch(g.home.resident), patch(g.office.ids())])
    const problems = receipts.map((receipt) => !receipt.ok && receipt.problem)
    expect(problems).toEqual(['stream-not-yours', 'stream-not-yours'])
  })

  it('leaves what has not even a name behind a gap', async () => {
    const { receipts, expected } = await g.worker.pushed([
      await g.patchResident(g.worker, { note: 'vor der Lücke' }),
      'nonsense',
      { ...(await g.patchResident(g.worker, { note: 'danach' })), seq: 6 },
    ])
    expect(receipts.map((receipt) => receipt.ok)).toEqual([true])
    expect(expected).toBe(5)
  })
})
