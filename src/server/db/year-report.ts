/** A year of handling personal data in numbers: of minors, and of all. No person, no value of a record. */
import { sql, type Kysely } from 'kysely'
import type { Day } from '#domain/day.ts'
import { yearFigures, type YearReport } from '#protocol/year-report.ts'
import type { Database } from './schema.ts'
import { readYearOfLog } from './year-log.ts'

type Counts = Record<string, string | number>
type Approval = Pick<
  YearReport['approvals'][number],
  'id' | 'place' | 'by' | 'acts' | 'roles' | 'reason' | 'from' | 'until' | 'endedOn'
>

const bornOf = sql`coalesce(fields->>'birth',
  case when fields->>'documentNumber' ~ '^[0-9]{17}[0-9X]$'
    then substr(fields->>'documentNumber', 7, 4) || '-' || substr(fields->>'documentNumber', 11, 2)
      || '-' || substr(fields->>'documentNumber', 13, 2) end)`

/**
 * `streams`: those of the account and below; `isWhole`: a subdistrict is among them, which is told of the server as a
 * whole. Years and days are those of China. Long: it is a list of questions, a figure of the report each.
 */
export async function readYear(
  db: Kysely<Database>,
  streams: readonly string[],
  year: number,
  today: Day,
  isWhole: boolean,
): Promise<Pick<YearReport, 'figures' | 'approvals'>> {
  const own = sql`any(${sql.val([...streams])}::uuid[])`
  // Midnight in China, as the moments of records are written: ISO 8601, UTC.
  const from = new Date(Date.UTC(year, 0, 1) - 8 * 3_600_000).toISOString()
  const to = new Date(Date.UTC(year + 1, 0, 1) - 8 * 3_600_000).toISOString()
  const isOfYear = sql`at >= ${from} and at < ${to}`
  const isUnder = (years: number) => sql`(
    born is not null and born <= ${today}
    and (left(born, 4)::int + ${years})::text || right(born, 6) > ${today})`
  const { rows: people } = await sql<Counts>`
    with person as (
      select fields, ${bornOf} as born
      from record
      where stream = ${own} and kind = 'resident' and not removed and moved_to is null
        and coalesce(fields->>'movedOutOn', fields->>'diedOn', fields->>'mergedInto') is null
    )
    select count(*) as people_all,
      count(*) filter (where ${isUnder(18)}) as people_minors,
      count(*) filter (where ${isUnder(14)}) as under14_minors,
      count(*) filter (where ${isUnder(14)} and fields->>'guardianName' is not null) as guardian_minors,
      count(*) filter (where fields->>'noticeOn' is not null) as told_all,
      count(*) filter (where fields->>'noticeOn' is not null and ${isUnder(18)}) as told_minors,
      count(*) filter (where left(fields->>'noticeOn', 4) = ${String(year)}) as "toldInYear_all",
      count(*) filter (where left(fields->>'noticeOn', 4) = ${String(year)} and ${isUnder(18)})
        as "toldInYear_minors"
    from person`.execute(db)
  const { rows: looks } = await sql<Counts>`
    with done as (
      select kind, fields, (kind = 'export' and fields->>'subject' is not null) as is_file
      from record
      where stream = ${own} and kind in ('reveal', 'export') and not removed and ${isOfYear}
    )
    select count(*) filter (where kind = 'reveal') as looks_all,
      count(*) filter (where kind = 'reveal' and fields->>'minor' is not null) as looks_minors,
      count(*) filter (where kind = 'export' and not is_file) as tables_all,
      count(*) filter (where kind = 'export' and not is_file
        and coalesce((fields->>'minors')::int, 0) > 0) as tables_minors,
      coalesce(sum((fields->>'count')::int) filter (where kind = 'export' and not is_file), 0)
        as "tableRows_all",
      coalesce(sum((fields->>'minors')::int) filter (where kind = 'export' and not is_file), 0)
        as "tableRows_minors",
      count(*) filter (where is_file) as files_all,
      count(*) filter (where is_file and coalesce((fields->>'minors')::int, 0) > 0) as files_minors
    from done`.execute(db)
  const { rows: refused } = await sql<Counts>`
    select count(*) as "refusedLooks_minors" from audit
    where chain = ${own} and act = 'look-refused' and ${isOfYear}`.execute(db)
  const { rows: requests } = await sql<Counts>`
    with asked as (
      select inquiry.fields, coalesce(person.fields->>'birth', '9999-12-31') as born
      from record inquiry
      left join record person on person.stream = inquiry.stream
        and person.id = (inquiry.fields->>'resident')::uuid and person.kind = 'resident'
      where inquiry.stream = ${own} and inquiry.kind = 'inquiry' and not inquiry.removed
        and inquiry.moved_to is null and left(inquiry.fields->>'receivedOn', 4) = ${String(year)}
    ), judged as (
      select ${isUnder(18)} as is_minor, fields->>'outcome' as outcome,
        fields->>'answeredOn' <= fields->>'due' as is_timely
      from asked
    )
    select ${sql.join(
      (['all', 'minors'] as const).flatMap((of) => {
        const and = of === 'all' ? sql`` : sql` and is_minor`
        const counted = (name: string, condition: ReturnType<typeof sql>) =>
          sql`count(*) filter (where ${condition}${and}) as ${sql.ref(`${name}_${of}`)}`
        return [
          counted('requests', sql`true`),
          counted('answeredInTime', sql`outcome is not null and is_timely`),
          counted('answeredLate', sql`outcome is not null and not is_timely`),
          counted('refusedRequests', sql`outcome = 'refused'`),
          counted('openRequests', sql`outcome is null`),
        ]
      }),
    )}
    from judged`.execute(db)
  const { rows: consents } = await sql<Counts>`
    with consent as (
      select one, ${bornOf} as born
      from record, jsonb_array_elements(
        case when jsonb_typeof(fields->'consents') = 'array' then fields->'consents' else '[]' end
      ) as one
      where stream = ${own} and kind = 'resident' and not removed and moved_to is null
    )
    select ${sql.join(
      (['all', 'minors'] as const).flatMap((of) => {
        const and = of === 'all' ? sql`` : sql` and ${isUnder(18)}`
        return (
          [
            ['consentsGiven', 'on'],
            ['consentsWithdrawn', 'withdrawnOn'],
          ] as const
        ).map(
          ([name, day]) =>
            sql`count(*) filter (where left(one->>${day}, 4) = ${String(year)}${and}) as ${sql.ref(`${name}_${of}`)}`,
        )
      }),
    )}
    from consent`.execute(db)
  const counts: Counts = {
    ...{ ...people[0], ...looks[0], ...refused[0], ...requests[0], ...consents[0] },
    ...(await readYearOfLog(db, { streams, isWhole, from, to })),
  }
  const first = `${year}-01-01`
  const last = `${year}-12-31`
  const { rows: given } = await sql<Approval>`
    select record.id, account.name as by,
      coalesce((select held.fields->>'name' from record held
        where held.stream = record.stream and held.stream = ${own} and held.kind = 'place'
          and held.id = record.stream), '') as place,
      record.fields->'acts' as acts, record.fields->'roles' as roles,
      record.fields->>'reason' as reason, record.fields->>'from' as from,
      record.fields->>'until' as until, record.fields->>'endedOn' as "endedOn"
    from record
    left join account on account.id = record.by
    where record.stream = ${own} and record.kind = 'approval' and not record.removed
      and record.fields->>'from' <= ${last}
      and least(record.fields->>'until', coalesce(record.fields->>'endedOn', '9999')) >= ${first}
    order by record.fields->>'from', record.id`.execute(db)
  // Looks lie with whoever they were at, which may be another grid than that of the approval.
  const { rows: uses } = await sql<{ approval: string; used: number }>`
    select fields->>'approval' as approval, count(*)::int as used from record
    where stream = ${own} and kind in ('reveal', 'export') and not removed and ${isOfYear}
      and fields->>'approval' is not null
    group by 1`.execute(db)
  const usesOf = new Map(uses.map(({ approval, used }) => [approval, used]))
  const approvals = given.map((one) => ({ ...one, used: usesOf.get(one.id) ?? 0 }))
  const numberOf = (name: string) => (counts[name] === undefined ? null : Number(counts[name]))
  const figures = yearFigures.map((key) => ({
    key,
    minors: numberOf(`${key}_minors`),
    all: numberOf(`${key}_all`),
  }))
  return { figures, approvals }
}
