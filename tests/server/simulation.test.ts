/**
 * The same simulated days as `tests/simulation`, against the real server on PostgreSQL: fewer of them, and by the same
 * laws, so that the model of the office there is one that the real one equals.
 */
import fc from '#tests/support/fast-check.ts'
import { expect, test } from 'vitest'
import { kinds, type Kind } from '#domain/record.ts'
import { mayPull } from '#domain/permission.ts'
import { putRecords } from '#server/acts/put-records.ts'
import { waitingImports } from '#server/db/imports.ts'
import { streamsOf } from '#server/db/streams.ts'
import { onAnyOffice, type Happening } from '#tests/simulation/happenings.ts'
import {
  byRecord,
  expectAgreement,
  expectNothingLost,
  expectParentsBeside,
  expectPeopleStand,
  expectTrueMoments,
  expectWholeRosters,
} from '#tests/simulation/laws.ts'
import { settleVillage, type VillageOffice } from '#tests/simulation/village.ts'
import { openOffice, password, type Office } from './office.ts'
import { settle } from './sample.ts'

const pulled = kinds.filter((kind) => mayPull('staff', kind))

/** An office's devices know grids by their names. */
async function namePlaces(
  { db, places, accounts, clock, ids }: Office,
  streams: readonly string[],
) {
  const acting = { account: accounts['admin']?.id ?? '', device: ids(), id: ids() }
  const name = (id: string, fields: Readonly<Record<string, unknown>>) =>
    ({ stream: id, kind: 'place', id, fields }) as const
  await db.transaction().execute((trx) =>
    putRecords(
      trx,
      [
        name(places.community, { placeKind: 'community', name: '样例社区' }),
        ...streams.map((stream, at) =>
          name(stream, {
            ...{ parent: places.community, placeKind: 'grid' },
            name: `第${'一二三'[at] ?? ''}网格`,
          }),
        ),
      ],
      { ...acting, account: { id: acting.account, role: 'admin' }, now: clock.now(), ids },
    ),
  )
}

async function createRealVillage(office: Office): Promise<VillageOffice> {
  const { places, ids, db } = office
  const streams = [places.grid, places.otherGrid, places.farGrid]
  const admin = await office.enter('admin')
  const homes = new Map<
    string,
    { readonly household: string; readonly dwelling: string; readonly resident: string }
  >()
  for (const [at, stream] of streams.entries()) {
    const number = { documentType: '414', documentNumber: `E1000000${at}0` }
    homes.set(stream, await settle(admin, admin, stream, ids, number))
  }
  await namePlaces(office, streams)
  // A real server answers when it can: what is on its way is waited for, however busy the machine is.
  let onTheWay = 0
  const tick = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))
  const worker = (login: string) => ({ id: office.accounts[login]?.id ?? '', login, password })
  return {
    streams,
    community: places.community,
    workers: [
      ...['worker', 'worker', 'colleague', 'stranger', 'staff', 'staff'].map((one) => worker(one)),
    ],
    door: () => ({ building: '3幢', unit: '1', room: '301' }),
    household: (stream) => homes.get(stream)?.household ?? '',
    dwelling: (stream) => homes.get(stream)?.dwelling ?? '',
    residents: streams.map((stream) => ({ stream, id: homes.get(stream)?.resident ?? '' })),
    async fetch(request) {
      onTheWay += 1
      try {
        return await office.server.fetch(request)
      } finally {
        onTheWay -= 1
      }
    },
    scopeOf: async (account) => (await streamsOf(db, account)).map(({ id }) => id),
    async setScope(account, scope) {
      // An office keeps its community: what lies below that is its own.
      if (account === office.accounts['staff']?.id) return
      await db.transaction().execute(async (trx) => {
        await trx.deleteFrom('account_place').where('account', '=', account).execute()
        for (const place of scope) {
          await trx.insertInto('account_place').values({ account, place }).execute()
        }
      })
    },
    async records(stream) {
      const rows = await db
        .selectFrom('record')
        .select(['id', 'kind', 'version', 'fields'])
        .where('stream', '=', stream)
        .where('removed', '=', false)
        .where('kind', 'in', pulled)
        .execute()
      return rows.map((row) => ({ ...row, kind: row.kind as Kind }))
    },
    async cursor(stream) {
      const row = await db
        .selectFrom('stream')
        .select(['epoch', 'head', 'proof'])
        .where('id', '=', stream)
        .executeTakeFirstOrThrow()
      const proof = row.proof === '' ? {} : { proof: row.proof }
      return { epoch: row.epoch, version: row.head, ...proof }
    },
    async applied() {
      // A record that moved has a copy of its log in the new stream.
      const rows = await db
        .selectFrom('change')
        .select('id')
        .distinct()
        .where('op', '<>', 'leave')
        .execute()
      return rows.map(({ id }) => id)
    },
    async history() {
      const changes = await db.selectFrom('change').select(['id', 'op', 'fields']).execute()
      const clashes = await db
        .selectFrom('record')
        .select('fields')
        .where('kind', '=', 'clash')
        // One that went to another grid with its record leaves a mark behind that has no sides.
        .where('removed', '=', false)
        .execute()
      const lines = new Set<string>()
      for (const { fields } of clashes) {
        for (const side of [fields['kept'], fields['lost']] as { readonly mutation?: string }[]) {
          lines.add(`${side.mutation} ${String(fields['field'])}`)
        }
      }
      for (const { id, fields } of changes) {
        for (const field of Object.keys(fields)) lines.add(`${id} ${field}`)
        if (Object.keys(fields).length === 0) lines.add(`${id} same`)
      }
      // Of a change with several fields those that said what was there already have no line.
      for (const { id, op } of changes) if (op === 'patch') lines.add(`${id} same`)
      return lines
    },
    async told() {
      const rows = await db
        .selectFrom('change')
        .select(['id', 'record'])
        .where('op', 'in', ['patch', 'remove'])
        .execute()
      return byRecord(rows)
    },
    endSessions: () => undefined,
    backup: () => undefined,
    restore: () => undefined,
    putBack: () => undefined,
    purge: () => undefined,
    bringIn: () => undefined,
    purged: () => new Set(),
    now: () => office.clock.at,
    advance: (milliseconds) => (office.clock.at += milliseconds),
    async settle() {
      await tick(12)
      while (onTheWay > 0) await tick(2)
      while ((await waitingImports(office.db)).length > 0) await tick(5)
    },
    rounds: 600,
  }
}

async function live(day: readonly Happening[]): Promise<void> {
  const office = await openOffice()
  try {
    const real = await createRealVillage(office)
    const village = await settleVillage(real)
    for (const happening of day) await village.act(happening)
    await village.quiet()
    await expectNothingLost(real, village.seats)
    await expectPeopleStand(real, village.seats)
    await expectTrueMoments(real)
    await expectWholeRosters(real, village.seats)
    await expectParentsBeside(real)
    await expectAgreement(real, village.seats)
    for (const seat of village.seats) expect(seat.tablet.faults).toEqual([])
    village.close()
  } finally {
    await office.close()
  }
}

test('the real server keeps the laws of the simulation', async () => {
  await fc.assert(fc.asyncProperty(fc.array(onAnyOffice, { minLength: 5, maxLength: 40 }), live), {
    numRuns: Number(process.env.WUSE_REAL_RUNS ?? 15),
    // Shrinking would take the real server an hour: the day as it was is replayed by its seed.
    endOnFailure: true,
  })
}, 3_600_000)
