/** The audit log as somebody reads it: entries and single changes in one row of time, within what that person oversees. */
import { sql, type Kysely } from 'kysely'
import type { Role } from '#domain/account.ts'
import type { AuditAnswer, AuditRequest } from '#protocol/audit.ts'
import { calendarId, hotlineId, officeChain } from './audit.ts'
import type { Database } from './schema.ts'

const pageSize = 60

interface Row {
  readonly id: string
  readonly at: string
  readonly act: string
  readonly account: string | null
  readonly name: string | null
  readonly role: Role | null
  readonly device: string | null
  readonly deviceName: string | null
  readonly recordName: string | null
  readonly record: string | null
  readonly kind: string | null
  readonly fields: string[]
  readonly facts: Record<string, unknown>
}

/**
 * `streams`: those that the reader oversees. Of the office's chain they see what people of these places did, and `all`
 * of it where a whole subdistrict is theirs: also attempts with logins that there are not.
 */
export async function readAudit(
  db: Kysely<Database>,
  streams: readonly string[],
  all: boolean,
  request: AuditRequest,
): Promise<Pick<AuditAnswer, 'entries' | 'next'>> {
  const own = sql`any(${sql.val([...streams])}::uuid[])`
  const { account, record, acts, before } = request
  // A moment more than the day's end would leave out what the clock wrote within its last millisecond.
  const from = request.from ?? '0001-01-01T00:00:00.000Z'
  const to = before?.at ?? request.to ?? '9999-01-01T00:00:00.000Z'
  const isWanted = (act: string) => !acts || acts.includes(act)
  const byWhom = account ? sql`and account = ${account}::uuid` : sql``
  const about = record ? sql`and record = ${record}::uuid` : sql``
  const entries = sql`
    select chain::text || '/' || seq as id, at, act, account, device, record, null as kind,
      array[]::text[] as fields, facts - 'digest' as facts
    from audit
    where (chain = ${own} or (chain = ${officeChain}::uuid and ${
      all ? sql`true` : sql`account in (select account from account_place where place = ${own})`
    }))
      and act not in ('changes', 'began') and at >= ${from} and at <= ${to} ${byWhom} ${about}
      ${acts ? sql`and act = any(${sql.val([...acts])}::text[])` : sql``}
      ${request.unusual ? sql`and facts ? 'unusual'` : sql``}
      ${before ? sql`and (at, chain::text || '/' || seq) < (${before.at}, ${before.id})` : sql``}
    order by at desc, 1 desc limit ${pageSize + 1}`
  const moment = sql`to_char(received_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
  const changes = sql`
    select id::text, ${moment} as at, 'change' as act, account, device, record, kind,
      array(select jsonb_object_keys(fields)) as fields,
      jsonb_build_object('op', op, 'emptied', salt is null) as facts
    from change
    where stream = ${own} and entry is not null and op <> 'leave' and kind <> 'reveal'
      and received_at >= ${from}::timestamptz and received_at <= ${to}::timestamptz
      ${byWhom} ${about} ${isWanted('change') && !request.unusual ? sql`` : sql`and false`}
      ${before ? sql`and (${moment}, id::text) < (${before.at}, ${before.id})` : sql``}
    order by received_at desc, id::text desc limit ${pageSize + 1}`
  const { rows } = await sql<Row>`
    select line.*, account.name, account.role, device.name as "deviceName",
      coalesce(about.name, whose.name) as "recordName"
    from (select * from (${entries}) as a union all select * from (${changes}) as b) as line
    left join account on account.id = line.account
    left join device on device.id = line.device
    left join device as about on about.id = line.record
    left join account as whose on whose.id = line.record
    order by line.at desc, line.id desc limit ${pageSize + 1}`.execute(db)
  const page = rows.slice(0, pageSize)
  const last = page.at(-1)
  return {
    entries: page.map(({ account: id, name, role, ...line }) => ({
      ...line,
      by:
        id === null || id === calendarId || id === hotlineId
          ? null
          : { id, name: name ?? '', role },
    })),
    next: rows.length > pageSize && last ? { at: last.at, id: last.id } : null,
  }
}
