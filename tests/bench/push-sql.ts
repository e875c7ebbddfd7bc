/** A push of 500 to the real server over HTTP, against the same rows by a hand-written loader on the same PostgreSQL. */
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import type { Mutation } from '#protocol/mutation.ts'
import { changedField } from './compare-wuse.ts'
import { signInDevice, type HeldRecord, type HttpDevice } from './http-device.ts'
import { median, row, type AddRow } from './rows.ts'

const count = 500
/** At most so many times the bare SQL. */
const goal = 2

export async function measurePushSql(
  url: string,
  databaseUrl: string,
  isQuick: boolean,
  add: AddRow,
): Promise<void> {
  const device = await signInDevice(url, 'office1')
  const { records, scope } = await device.pull()
  const chosen = oneGrid(records, scope.streams)
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    for (const [what, make, bare] of [
      ['patches', patches, barePatches],
      ['new visits', visits, bareCreates],
    ] as const) {
      const pushed: number[] = []
      const loaded: number[] = []
      // The first round warms both up.
      for (let round = 0; round <= (isQuick ? 2 : 5); round += 1) {
        const mutations = make(device, chosen, `样例 ${what} ${round}`)
        const began = performance.now()
        await device.pushAll(mutations)
        pushed.push(performance.now() - began)
        const again = mutations.map((one) => bareOf(one))
        loaded.push(await timed(() => bare(client, again)))
      }
      const baseline = median(loaded.slice(1))
      add(
        row(
          `push of ${count} ${what}, server`,
          'ms',
          Math.round(goal * baseline),
          median(pushed.slice(1)),
          {
            baseline,
            note: `goal: at most ${goal} × it; baseline: the same records and changes by bare SQL, one transaction`,
          },
        ),
      )
    }
  } finally {
    await client.end()
  }
}

/** The residents of the grid that has the most, as one worker's device would have them. */
function oneGrid(
  records: readonly HeldRecord[],
  streams: readonly { readonly id: string; readonly write: boolean }[],
): readonly HeldRecord[] {
  const residents = records.filter((one) => one.kind === 'resident')
  const [most = []] = streams
    .filter(({ write }) => write)
    .map(({ id }) => residents.filter((one) => one.stream === id))
    .sort((a, b) => b.length - a.length)
  if (most.length < count) throw new Error(`only ${most.length} residents in one grid`)
  return most.slice(0, count)
}

function patches(device: HttpDevice, chosen: readonly HeldRecord[], text: string): Mutation[] {
  return chosen.map((one, n) => device.patch(one, { [changedField]: `${text} ${n}` }))
}

function visits(device: HttpDevice, chosen: readonly HeldRecord[], text: string): Mutation[] {
  const at = new Date().toISOString()
  return chosen.map(({ stream, fields }) =>
    device.mutation({
      stream,
      kind: 'visit',
      record: randomUUID(),
      fields: {
        ...{ household: fields?.household, channel: 'door', outcome: 'met', unchanged: true },
        ...{ at, note: text },
      },
    }),
  )
}

/** As the loader has it: other ids where the push took the ones of this one. */
function bareOf(mutation: Mutation): Mutation {
  const record = mutation.op === 'create' ? randomUUID() : mutation.record
  return { ...mutation, id: randomUUID(), record }
}

async function timed(act: () => Promise<void>): Promise<number> {
  const began = performance.now()
  await act()
  return performance.now() - began
}

/** Row by row, prepared once, in one transaction that ends on the disk. */
async function barePatches(client: pg.Client, mutations: readonly Mutation[]): Promise<void> {
  await inTransaction(client, mutations, async ({ stream, record, fields }, version) => {
    await client.query({
      name: 'bare-update',
      text: 'update record set fields = fields || $3, version = $4 where stream = $1 and id = $2',
      values: [stream, record, JSON.stringify(fields), version],
    })
  })
}

async function bareCreates(client: pg.Client, mutations: readonly Mutation[]): Promise<void> {
  await inTransaction(
    client,
    mutations,
    async ({ stream, record, kind, fields, device, at }, version) => {
      await client.query({
        name: 'bare-insert',
        text: `insert into record (stream, id, kind, parent, version, fields, created, marks, at)
          values ($1, $2, $3, $4, $5, $6, $7, '{}', $8)`,
        values: [
          ...[stream, record, kind, fields.household, version],
          ...[JSON.stringify(fields), JSON.stringify({ version, device, at }), at],
        ],
      })
    },
  )
}

async function inTransaction(
  client: pg.Client,
  mutations: readonly Mutation[],
  write: (mutation: Mutation, version: number) => Promise<void>,
): Promise<void> {
  const stream = mutations[0]?.stream
  await client.query('begin')
  try {
    const { rows } = await client.query<{ head: string }>(
      'select head from stream where id = $1 for update',
      [stream],
    )
    let version = Number(rows[0]?.head)
    for (const mutation of mutations) {
      version += 1
      await write(mutation, version)
      const { id, kind, record, op, device, seq, at, fields } = mutation
      await client.query({
        name: 'bare-change',
        text: `insert into change (stream, id, version, kind, record, op, device, seq, account, at,
            corrected_at, received_at, fields)
          values ($1, $2, $3, $4, $5, $6, $7, $8, $7, $9, $9, now(), $10)`,
        values: [
          ...[stream, id, version, kind, record, op, device, seq, at],
          JSON.stringify(op === 'patch' ? fields : {}),
        ],
      })
    }
    await client.query('update stream set head = $2 where id = $1', [stream, version])
    await client.query('commit')
  } catch (fault) {
    await client.query('rollback')
    throw fault
  }
}
