/** What a hotline is told: how its own requests stand, and nothing of any other's. */
import { sql, type Kysely } from 'kysely'
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

/** Requests of one system, the newest first, each with its steps. */
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
      select one.*, standing.stream, standing.promise, standing.unit
      from hotline_request as one
      left join request_state as standing on standing.request = one.request
      where one.system = ${system}::uuid and (one.state <> 'admitted' or standing.stream is not null)
        ${numbers ? sql`and one.number = ${any(numbers)}` : sql``}
        ${services ? sql`and coalesce(one.service, 'other') = ${any(services)}` : sql``}
        ${from ? sql`and one.received_at >= ${from}::timestamptz` : sql``}
        ${to ? sql`and one.received_at <= ${to}::timestamptz` : sql``}
    ), said as (
      select own.id, step.version, step.id as step, step.fields
      from own join record as step on step.stream = own.stream and step.parent = own.request
      where step.kind = 'request-step' and not step.removed
    ), chain as (
      select own.id, own.request, 0 as hop from own where own.request is not null
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
      select distinct on (id) id, request from chain where hop > 0 order by id, hop desc
    ), merged as (
      select survivors.id, request_state.state, step.version, step.id as step, step.fields
      from survivors join request_state using (request)
      join record as step on step.stream = request_state.stream and step.parent = survivors.request
      where step.kind = 'request-step' and not step.removed
    ), gathered as (
      select own.id, own.number, own.outside_number, own.service, own.service_name,
        own.received_at, own.asked_at, own.decided_at, own.state, own.told, own.request,
        own.promise, named.fields->>'name' as unit_name,
        (select json_agg(fields || jsonb_build_object('id', step) order by version)
          from said where said.id = own.id) as steps,
        (select json_agg(fields || jsonb_build_object('id', step) order by version)
          from merged where merged.id = own.id) as merged_steps,
        (select state from merged where merged.id = own.id limit 1) as survivor,
        greatest(own.received_at, own.decided_at,
          (select max(at) from hotline_addition where hotline_request = own.id),
          (select max((fields->>'received')::timestamptz) from said where said.id = own.id),
          (select max((fields->>'received')::timestamptz) from merged where merged.id = own.id)
        ) as updated
      from own left join record as named on named.stream = own.unit and named.id = own.unit
    )
    select * from gathered
    where true ${after ? sql`and updated > ${after}::timestamptz` : sql``}
      ${before ? sql`and updated <= ${before}::timestamptz` : sql``}
    order by received_at desc, number desc limit ${limit} offset ${offset}`.execute(db)
  return rows.map(({ merged_steps, steps, ...row }) => ({
    ...row,
    steps: [...(steps ?? []), ...(merged_steps ?? [])].map((step) => ({ ...step, doneBy: '' })),
  }))
}
