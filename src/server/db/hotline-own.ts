/** What a hotline is told: how its own requests stand, and nothing of any other's. */
import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { JudgedStep } from '#domain/requests/course.ts'
import type { RequestState, RequestStep } from '#domain/requests/step.ts'
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

/** Steps of one request, looked up by its index: never all steps for each request. */
const stepsBy = (stream: RawBuilder<unknown>, request: RawBuilder<unknown>) => sql`
  from record as step where step.stream = ${stream} and step.parent = ${request}
    and step.kind = 'request-step' and not step.removed`
const heard = (stream: RawBuilder<unknown>, request: RawBuilder<unknown>) =>
  sql`select max((step.fields->>'received')::timestamptz) ${stepsBy(stream, request)}`
const stepsOf = (stream: RawBuilder<unknown>, request: RawBuilder<unknown>) =>
  sql`select json_agg(step.fields || jsonb_build_object('id', step.id) order by step.version)
    ${stepsBy(stream, request)}`

/**
 * Requests of one system, the newest first, each with its steps. When each changed is found first; the steps are read of
 * the page alone.
 */
export async function readOwn(
  db: Kysely<Database>,
  system: string,
  { numbers, services, from, to, after, before, limit, offset }: Question,
): Promise<readonly OwnRequest[]> {
  const any = (values: readonly string[]) => sql`any(${sql.val([...values])}::text[])`
  const { rows } = await sql<
    Omit<OwnRequest, 'steps' | 'survivor'> & {
      steps: readonly (RequestStep & { id: string })[] | null
      merged_steps: readonly (RequestStep & { id: string })[] | null
      survivor: RequestState | null
    }
  >`
    with recursive own as (
      select one.*, standing.stream, standing.promise, standing.unit, standing.state as stands
      from hotline_request as one
      left join request_state as standing on standing.request = one.request
      where one.system = ${system}::uuid and (one.state <> 'admitted' or standing.stream is not null)
        ${numbers ? sql`and one.number = ${any(numbers)}` : sql``}
        ${services ? sql`and coalesce(one.service, 'other') = ${any(services)}` : sql``}
        ${from ? sql`and one.received_at >= ${from}::timestamptz` : sql``}
        ${to ? sql`and one.received_at <= ${to}::timestamptz` : sql``}
    ), chain as (
      select own.id, own.request, 0 as hop from own where own.stands = 'merged'
      union all
      select chain.id, (step.fields->>'into')::uuid, chain.hop + 1
      from chain
      join request_state on request_state.request = chain.request and request_state.state = 'merged'
      join lateral (
        select fields from record where record.stream = request_state.stream
          and record.parent = chain.request and kind = 'request-step' and not removed
          and fields->>'step' = 'merge' and (fields->>'moved')::boolean
        order by version desc limit 1
      ) as step on true
      where chain.hop < 10
    ), survivors as (
      select distinct on (id) chain.id, into_it.stream, into_it.request, into_it.state
      from chain left join request_state as into_it on into_it.request = chain.request
      where hop > 0 order by id, hop desc
    ), dated as (
      select own.*, survivors.stream as into_stream, survivors.request as into_request,
        survivors.state as survivor,
        greatest(own.received_at, own.decided_at,
          (select max(at) from hotline_addition where hotline_request = own.id),
          (${heard(sql`own.stream`, sql`own.request`)}),
          (${heard(sql`survivors.stream`, sql`survivors.request`)})
        ) as updated
      from own left join survivors on survivors.id = own.id
    ), page as (
      select * from dated
      where true ${after ? sql`and updated > ${after}::timestamptz` : sql``}
        ${before ? sql`and updated <= ${before}::timestamptz` : sql``}
      order by received_at desc, number desc limit ${limit} offset ${offset}
    )
    select page.id, number, outside_number, service, service_name, received_at, asked_at,
      decided_at, state, told, request, promise, updated, survivor,
      named.fields->>'name' as unit_name,
      (${stepsOf(sql`page.stream`, sql`page.request`)}) as steps,
      (${stepsOf(sql`page.into_stream`, sql`page.into_request`)}) as merged_steps
    from page left join record as named on named.stream = page.unit and named.id = page.unit
    order by received_at desc, number desc`.execute(db)
  return rows.map(({ merged_steps, steps, ...row }) => ({
    ...row,
    steps: [...(steps ?? []), ...(merged_steps ?? [])].map((step) => ({ ...step, doneBy: '' })),
  }))
}
