/** Who may do what, as tables of a page: asked of `domain/permission.ts`, question by question. */
import { roles, type Role } from '#domain/account.ts'
import * as permission from '#domain/permission.ts'
import type { Write } from '#domain/permission.ts'
import { goesBelow, picturesStay } from '#domain/permission-of-access.ts'
import { isGrid, placeKinds } from '#domain/place.ts'
import {
  fitsPlace,
  mayAssignGrids,
  mayKeepAccounts,
  mayKeepPlaces,
  maySucceed,
} from '#domain/permission-of-places.ts'
import { kinds, traits, type Kind } from '#domain/record.ts'

type Row = readonly string[]

const yes = (isAllowed: boolean) => (isAllowed ? 'yes' : '–')
const perRole = (name: string, may: (role: Role) => boolean): Row => [
  name,
  ...roles.map((role) => yes(may(role))),
]

function tableOf(head: Row, rows: readonly Row[]): string {
  const width = head.map((title, at) =>
    Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)),
  )
  const line = (row: Row) => `| ${row.map((cell, at) => cell.padEnd(width[at] ?? 0)).join(' | ')} |`
  const rule = `| ${width.map((length) => '-'.repeat(length)).join(' | ')} |`
  return [line(head), rule, ...rows.map(line)].join('\n')
}

/** Fields and envelope of a mutation that change what a role may; the first of each operation is the plain one. */
export const variants: readonly (readonly [string, Kind | null, Omit<Write, 'kind'>])[] = [
  ['create', null, { op: 'create', fields: {} }],
  ['patch', null, { op: 'patch', fields: { note: 'x' } }],
  ['patch with `to`', null, { op: 'patch', fields: { note: 'x' }, to: 'another grid' }],
  ['remove', null, { op: 'remove', fields: {} }],
  ['patch of position alone', 'building', { op: 'patch', fields: { latitude: 30 } }],
  ['the same with `to`', 'building', { op: 'patch', fields: { latitude: 30 }, to: 'another grid' }],
  ['patch of `mergedInto`', 'resident', { op: 'patch', fields: { mergedInto: 'x' } }],
  ['patch of `settled` alone', 'clash', { op: 'patch', fields: { settled: true } }],
  ['the same with `to`', 'clash', { op: 'patch', fields: { settled: true }, to: 'another grid' }],
  ['create with an outcome', 'import', { op: 'create', fields: { outcome: 'written' } }],
  ['patch of `undoAsked` alone', 'import', { op: 'patch', fields: { undoAsked: 'x' } }],
  ['the same with `to`', 'import', { op: 'patch', fields: { undoAsked: 'x' }, to: 'another grid' }],
  ['patch of `endedOn` alone', 'approval', { op: 'patch', fields: { endedOn: 'x' } }],
  ['the same with `to`', 'approval', { op: 'patch', fields: { endedOn: 'x' }, to: 'another grid' }],
  ['create with an answer', 'inquiry', { op: 'create', fields: { answer: 'x' } }],
  ['create with an outcome', 'inquiry', { op: 'create', fields: { outcome: 'done' } }],
  ['create with a file', 'inquiry', { op: 'create', fields: { fileMadeAt: 'x' } }],
  ['create with an answer', 'complaint', { op: 'create', fields: { answer: 'x' } }],
]

/** What stays with its place: `fund-giver`, and photographs of `fund-entry`. */
function notBelow(): string {
  const staying = kinds.filter((kind) => !goesBelow(kind)).map((kind) => `\`${kind}\``)
  const pictures = picturesStay.map((kind) => `\`photo\` of a \`${kind}\``)
  return [...staying, ...pictures].join(' and ')
}

/** What comes of each variant of each kind, for each role. `root`: in a whole subdistrict that it was given. */
export function writeRows(): readonly Row[] {
  return kinds.flatMap((kind) =>
    variants
      .filter(([, of]) => of === null || of === kind)
      .map(([name, , write]) => [
        kind,
        name,
        ...roles.map((role) => {
          const asked = { kind, ...write }
          const here = permission.refusalOfWrite(role, false, asked)
          if (here === null) return 'yes'
          return permission.refusalOfWrite(role, true, asked) === null ? 'root only' : here
        }),
      ]),
  )
}

export function placeRows(): readonly Row[] {
  return placeKinds.flatMap((kind) =>
    [true, false]
      .filter((holds) => (isGrid(kind) ? holds : kind !== 'subdistrict' || !holds))
      .map((holds) =>
        perRole(
          isGrid(kind) || kind === 'subdistrict'
            ? kind
            : `${kind} ${holds ? 'without' : 'with'} grids`,
          (role) => fitsPlace(role, kind, holds),
        ),
      ),
  )
}

export function actRows(): readonly Row[] {
  return [
    ...placeKinds.map((kind) =>
      perRole(`add, rename, turn into, close, split, merge a ${kind}`, (role) =>
        mayKeepPlaces(role, kind),
      ),
    ),
    perRole('give a grid to another community, a micro-grid to another grid', mayAssignGrids),
    ...roles.map((of) =>
      perRole(`make, change, reset, close, reopen, hand over accounts: ${of}`, (role) =>
        mayKeepAccounts(role, of),
      ),
    ),
    ...roles.map((of) => perRole(`take over places of: ${of}`, (role) => maySucceed(role, of))),
    perRole('see and end devices, bring in unsent work of others', permission.maySeeDevices),
    perRole('see the overview', permission.maySeeOverview),
    perRole('see persons', permission.maySeePersons),
    perRole('read the audit log', permission.mayReadAudit),
    perRole('read a person’s part of it', permission.mayReadAuditOfPerson),
    perRole('save a colour scheme', permission.maySaveScheme),
    perRole('save a protection policy', permission.maySavePolicy),
    perRole('put an impact assessment on record', permission.mayAssess),
    perRole('take tables and a person’s file out', permission.mayHandOut),
    perRole('bring a roster in', permission.mayImport),
    perRole('answer inquiries and complaints', permission.mayAnswer),
    perRole('make and stop keys of outside systems', permission.mayKeepHotline),
    perRole('admit what waits, or turn it away', permission.mayAdmit),
    perRole('make, print and stop codes on walls', permission.mayKeepCodes),
    perRole('get the yearly report', permission.mayReadYear),
    perRole('let others look at minors', permission.mayApprove),
    perRole('look at minors under an approval', (role) => permission.approvable.includes(role)),
    perRole('propose a colour by hand', permission.mayProposeByHand),
    perRole('review one of somebody else', permission.mayReview),
    perRole('begin with the office’s pages', permission.worksInOffice),
    perRole('begin with the office’s desk', permission.hasDesk),
  ]
}

export function pullRows(): readonly Row[] {
  return kinds
    .filter((kind) => !traits[kind].notPulled)
    .map((kind) => perRole(kind, (role) => permission.mayPull(role, kind)))
}

export function permissionTables(): string {
  const head = (...first: readonly string[]) => [...first, ...roles]
  return `# Who may do what

Printed from \`src/domain/permission.ts\` by \`npm run permissions\`; \`tests/domain/permission.test.ts\` holds it equal. All of it
counts within somebody's own places and what stands below them. Whose place something is decides \`src/server/access.ts\`, in
the transaction in which the act is done.

## Where somebody may work

${tableOf(head('place'), placeRows())}

## Acts of an office, and what is read

${tableOf(head('act'), actRows())}

## What a device is sent

Of places above its own ones it is sent the same, but for ${notBelow()}; decision 0112.

${tableOf(head('kind'), pullRows())}

## What a device may write

A refusal is named by its code. \`to\` is the stream where a patch wants its record to stand; whoever may write there at all is asked
again for that stream. A \`batch\`, \`batchSize\` or \`seen\` changes nothing of what somebody may.

${tableOf(head('kind', 'operation'), writeRows())}
`
}
