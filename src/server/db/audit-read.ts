/** The audit log as somebody reads it: entries and single changes in one row of time, within what that person oversees. */
import { sql, type Kysely } from 'kysely'
import type { Role } from '#domain/account.ts'
import type { AuditAnswer, AuditRequest } from '#protocol/audit.ts'
import { calendarId, hotlineId, officeChain, residentId } from './audit.ts'
import { listOf } from './place-tree.ts'
import type { Database } from './schema.ts'

const pageSize = 60

interface Line {
  readonly id: string
  readonly at: string
  readonly act: string
  readonly account: string | null
  readonly device: string | null
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
  // Letter by letter, as the two lists are put together below.
  const entryId = sql`(chain::text || '/' || seq) collate "C"`
  const changeId = sql`id::text collate "C"`
  const entries = sql`
    select ${entryId} as id, at, act, account, device, record, null as kind,
      array[]::text[] as fields, facts - 'digest' as facts
    from audit
    where chain = ${listOf([...streams, officeChain])} and (chain <> ${officeChain}::uuid or ${
      all ? sql`true` : sql`account in (select account from account_place where place = ${own})`
    })
      and act not in ('changes', 'began') and at >= ${from} and at <= ${to} ${byWhom} ${about}
      ${acts ? sql`and act = any(${sql.val([...acts])}::text[])` : sql``}
      ${request.unusual ? sql`and facts ? 'unusual'` : sql``}
      ${before ? sql`and (at, ${entryId}) < (${before.at}, ${before.id})` : sql``}
    order by at desc, ${entryId} desc limit ${pageSize + 1}`
  const moment = sql`to_char(received_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
  const changes = sql`
    select id::text, ${moment} as at, 'change' as act, account, device, record, kind,
      array(select jsonb_object_keys(fields)) as fields,
      jsonb_build_object('op', op, 'emptied', salt is null) as facts
    from change
    where stream = ${own} and entry is not null and op <> 'leave' and kind <> 'reveal'
      and received_at >= ${from}::timestamptz and received_at <= ${to}::timestamptz
      ${byWhom} ${about} ${isWanted('change') && !request.unusual ? sql`` : sql`and false`}
      ${before ? sql`and (${moment}, ${changeId}) < (${before.at}, ${before.id})` : sql``}
    order by received_at desc, ${changeId} desc limit ${pageSize + 1}`
  const lines = await Promise.all([
    sql<Line>`${entries}`.execute(db),
    sql<Line>`${changes}`.execute(db),
  ])
  const rows = lines
    .flatMap(({ rows: some }) => some)
    .sort((a, b) => compare(b.at, a.at) || compare(b.id, a.id))
  const page = rows.slice(0, pageSize)
  const last = page.at(-1)
  const { accounts, devices } = await namesOf(db, page)
  return {
    entries: page.map(({ account: id, ...line }) => {
      const by = id === null ? undefined : accounts.get(id)
      const about = line.record ?? ''
      return {
        ...line,
        deviceName: devices.get(line.device ?? '') ?? null,
        recordName: devices.get(about) ?? accounts.get(about)?.name ?? null,
        by:
          id === null || id === calendarId || id === hotlineId || id === residentId
            ? null
            : { id, name: by?.name ?? '', role: by?.role ?? null },
      }
    }),
    next: rows.length > pageSize && last ? { at: last.at, id: last.id } : null,
  }
}

/** Of whoever and whatever some lines name: accounts are everywhere, devices each at its own place. */
async function namesOf(db: Kysely<Database>, lines: readonly Line[]) {
  const named = (pick: (line: Line) => readonly (string | null)[]) =>
    listOf(lines.flatMap(pick).filter((id) => id !== null))
  const { rows: accounts } = await sql<{ id: string; name: string; role: Role }>`
    select id, name, role from account
    where id = ${named(({ account, record }) => [account, record])}`.execute(db)
  const { rows: devices } = await sql<{ id: string; name: string }>`
    select id, name from device
    where id = ${named(({ device, record }) => [device, record])}`.execute(db)
  return {
    accounts: new Map(accounts.map(({ id, ...account }) => [id, account])),
    devices: new Map(devices.map(({ id, name }) => [id, name])),
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
