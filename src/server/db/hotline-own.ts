/** What a hotline is told: how its own requests stand, and nothing of any other's. */
import { sql, type Kysely } from 'kysely'
import type { JudgedStep } from '#domain/requests/course.ts'
import type { RequestState, RequestStep } from '#domain/requests/step.ts'
import { listOf, namesOfPlaces } from './place-tree.ts'
import type { Database } from './schema.ts'

export interface OwnRequest {
  readonly id: string
  readonly number: string
  readonly outside_number: string
  readonly service: string | null
  readonly service_name: string | null
  readonly received_at: Date
  readonly asked_at: Date
  readonly decided_at: Date | null
  /** When something was said or done last, by anybody. */
  readonly updated: Date
  readonly state: 'waiting' | 'admitted' | 'turned-away'
  readonly told: string | null
  readonly request: string | null
  readonly promise: Date | null
  readonly unit_name: string | null
  /** Of the request and of what it was merged into, in order. */
  readonly steps: readonly JudgedStep[]
  readonly survivor: RequestState | null
}

export interface Question {
  readonly numbers?: readonly string[] | undefined
  readonly services?: readonly string[] | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  /** Changed after this moment. */
  readonly after?: string | undefined
  readonly before?: string | undefined
  readonly limit: number
  readonly offset: number
}

/**
 * Requests of one system, the newest first, each with its steps. In steps, because what was handed in lies whole on one
 * machine and requests with their grids: where each stands and when it changed is found first; the steps are read of the
 * page alone.
 */
export async function readOwn(
  db: Kysely<Database>,
  system: string,
  question: Question,
): Promise<readonly OwnRequest[]> {
  const { after, before, limit, offset } = question
  const handed = await handedIn(db, system, question)
  const homes = await standingsOf(
    db,
    handed.flatMap(({ request }) => request ?? []),
  )
  const own = handed.flatMap((row): Own[] => {
    const home = row.request === null ? undefined : homes.get(row.request)
    return row.state !== 'admitted' || home ? [{ ...row, home, survivor: undefined }] : []
  })
  const isByChange = after !== undefined || before !== undefined
  const pageOf = <T>(rows: readonly T[]) => rows.slice(offset, offset + limit)
  const dated = await dateAll(db, await withSurvivors(db, isByChange ? own : pageOf(own)))
  const page = isByChange
    ? pageOf(
        dated.filter(
          ({ updated }) =>
            (after === undefined || updated.getTime() > Date.parse(after)) &&
            (before === undefined || updated.getTime() <= Date.parse(before)),
        ),
      )
    : dated
  const steps = await stepsOf(
    db,
    page.flatMap(({ home, survivor }) => [home ?? [], survivor ?? []].flat()),
  )
  const names = await namesOfPlaces(
    db,
    page.flatMap(({ home }) => home?.unit ?? []),
  )
  return page.map(({ home, survivor, added_at: _, ...row }) => ({
    ...row,
    promise: home?.promise ?? null,
    unit_name: (home?.unit && names.get(home.unit)?.name) || null,
    survivor: survivor?.state ?? null,
    steps: [home, survivor].flatMap((one) => (one && steps.get(keyOf(one))) ?? []),
  }))
}

type Handed = Pick<
  OwnRequest,
  | 'id'
  | 'number'
  | 'outside_number'
  | 'service'
  | 'service_name'
  | 'received_at'
  | 'asked_at'
  | 'decided_at'
  | 'state'
  | 'told'
  | 'request'
> & { readonly added_at: Date | null }

/** Where a request stands now, and how. */
interface Home {
  readonly stream: string
  readonly request: string
  readonly promise: Date | null
  readonly unit: string | null
  readonly state: RequestState
}

interface Own extends Handed {
  readonly home: Home | undefined
  /** What it was merged into at last. */
  readonly survivor: Home | undefined
}

async function handedIn(
  db: Kysely<Database>,
  system: string,
  { numbers, services, from, to }: Question,
): Promise<readonly Handed[]> {
  const any = (values: readonly string[]) => sql`any(${sql.val([...values])}::text[])`
  const { rows } = await sql<Handed>`
    select id, number, outside_number, service, service_name, received_at, asked_at, decided_at,
      state, told, request,
      (select max(at) from hotline_addition where hotline_request = one.id) as added_at
    from hotline_request as one where one.system = ${system}::uuid
      ${numbers ? sql`and one.number = ${any(numbers)}` : sql``}
      ${services ? sql`and coalesce(one.service, 'other') = ${any(services)}` : sql``}
      ${from ? sql`and one.received_at >= ${from}::timestamptz` : sql``}
      ${to ? sql`and one.received_at <= ${to}::timestamptz` : sql``}
    order by received_at desc, number desc`.execute(db)
  return rows
}

/** By request, in whatever grid it stands. */
async function standingsOf(
  db: Kysely<Database>,
  requests: readonly string[],
): Promise<ReadonlyMap<string, Home>> {
  if (requests.length === 0) return new Map()
  const { rows } = await sql<Home>`
    select stream, request, promise, unit, state from request_state
    where request = ${listOf(requests)}`.execute(db)
  return new Map(rows.map((row) => [row.request, row]))
}

/** One that was merged into one that was merged, and so on; more would be a circle. */
const mostHops = 10

async function withSurvivors(db: Kysely<Database>, own: readonly Own[]): Promise<readonly Own[]> {
  /** By the request that it was, what it became. */
  const became = new Map(
    own.flatMap(({ home }) => (home?.state === 'merged' ? [[home.request, home] as const] : [])),
  )
  let open = [...became.values()]
  for (let hop = 0; hop < mostHops && open.length > 0; hop += 1) {
    const intoOf = await mergedInto(db, open)
    const homes = await standingsOf(db, [...intoOf.values()])
    const next: Home[] = []
    for (const [first, at] of became) {
      const into = intoOf.get(at.request)
      const home = into === undefined ? undefined : homes.get(into)
      if (!home) continue
      became.set(first, home)
      if (home.state === 'merged') next.push(home)
    }
    open = next
  }
  return own.map((row) => {
    const end = row.home && became.get(row.home.request)
    return { ...row, survivor: end && end.request !== row.home?.request ? end : undefined }
  })
}

async function mergedInto(
  db: Kysely<Database>,
  homes: readonly Home[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ request: string; into: string }>`
    select parent as request, fields->>'into' as into from record
    where stream = ${listOf(homes.map(({ stream }) => stream))}
      and parent = ${listOf(homes.map(({ request }) => request))}
      and kind = 'request-step' and not removed
      and fields->>'step' = 'merge' and (fields->>'moved')::boolean
    order by version`.execute(db)
  return new Map(rows.map(({ request, into }) => [request, into]))
}

/** With the moment at which something was said or done last. */
async function dateAll(db: Kysely<Database>, own: readonly Own[]) {
  const homes = own.flatMap(({ home, survivor }) => [home ?? [], survivor ?? []].flat())
  const { rows } = homes.length
    ? await sql<{ stream: string; request: string; at: Date }>`
        select stream, parent as request, max((fields->>'received')::timestamptz) as at from record
        where stream = ${listOf(homes.map(({ stream }) => stream))}
          and parent = ${listOf(homes.map(({ request }) => request))}
          and kind = 'request-step' and not removed
        group by stream, parent`.execute(db)
    : { rows: [] }
  const heard = new Map(rows.map((row) => [keyOf(row), row.at]))
  return own.map((row) => {
    const { home, survivor, received_at, decided_at, added_at } = row
    const told = [home, survivor].map((one) => one && heard.get(keyOf(one)))
    const all = [received_at, decided_at, added_at, ...told].map((at) => at?.getTime() ?? 0)
    return { ...row, updated: new Date(Math.max(...all)) }
  })
}

async function stepsOf(
  db: Kysely<Database>,
  homes: readonly Home[],
): Promise<ReadonlyMap<string, readonly JudgedStep[]>> {
  if (homes.length === 0) return new Map()
  const { rows } = await sql<{
    stream: string
    request: string
    id: string
    fields: RequestStep
  }>`
    select stream, parent as request, id, fields from record
    where stream = ${listOf(homes.map(({ stream }) => stream))}
      and parent = ${listOf(homes.map(({ request }) => request))}
      and kind = 'request-step' and not removed
    order by stream, parent, version`.execute(db)
  const steps = new Map<string, JudgedStep[]>()
  for (const row of rows) {
    const key = keyOf(row)
    const step = { ...row.fields, id: row.id, doneBy: '' }
    steps.set(key, [...(steps.get(key) ?? []), step])
  }
  return steps
}

function keyOf({ stream, request }: Pick<Home, 'stream' | 'request'>): string {
  return `${stream}/${request}`
}
