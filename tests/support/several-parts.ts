/**
 * Statements that may ask every part of a table, each with its reason. What a worker's day consists of (sign-in, push,
 * pull, held question) is not among them, but for what stands under `of a worker`.
 */
export interface Reason {
  /** Of the statement's text, blanks and breaks as one blank. */
  readonly having: RegExp
  readonly why: string
}

const ofWorker: readonly Reason[] = [
  {
    having:
      /from record where id = any\(\$\d+::uuid\[\]\) union all select id, false from spent_id/,
    why: 'of a worker: ids as apps before 0.2.0 made them say nothing of their stream',
  },
  {
    having: /from session left join session_pass (?!.* and session\.device = any)/,
    why: 'an app that names no device: one before 0.2.0',
  },
  {
    having: /from session join account .* where session\.hash = \$1 and not session\.by_cookie$/,
    why: 'an app that names no device',
  },
]

const ofRequests: readonly Reason[] = [
  {
    having: /^select "place", "id", "code" from "ask_request" where "request" = \$1$/,
    why: 'what its page called a request, which may have gone to another community',
  },
  {
    having: /^select stream, id from record where kind = 'fund' and fields->>'page' =/,
    why: 'the code of an account names no community: the fund may have gone along with its building',
  },
  {
    having: /^select stream from coverage_tally group by stream having/,
    why: 'the calendar looks for sums that a server of before left behind, wherever they are',
  },
  {
    having: /^select stream, id from record where kind = 'fund' and not removed order by/,
    why: 'the audit looks at every account of a stairwell, wherever it stands',
  },
  {
    having: /^select "hash" from "photo_chunk" where "hash" in/,
    why: 'the pass that sweeps a folder of photographs: whoever names a chunk, wherever',
  },
  {
    having: /from photo_gone order by stream, hash limit/,
    why: 'the pass that empties a folder of photographs: whatever was purged, wherever',
  },
  {
    having: /from record where kind = 'errand' and not removed and fields->>'endedAt' is null/,
    why: 'the pass that gives units the photographs of their errands: all units that have one',
  },
  {
    having: /from record where kind = 'errand-photo' and not removed and fields->>'photo' is null/,
    why: 'the pass that brings what units photographed beside its request: all units that did',
  },
  {
    having: /^select "stream", "request" from "request_state" where "request" = any/,
    why: 'the same pass: the requests of these errands, in whatever grid each stands now',
  },
  {
    having: /^(?:delete from|update) "?ask_\w+"? (?:where|set (?:said|words) = null)/,
    why: 'what was asked long ago is forgotten, in whatever community',
  },
  {
    having: /from "ask_request" where "token_hash" = \$1$/,
    why: 'a follow-up code names no community: what waits is looked for in each',
  },
  {
    having: /^update subject set until = \$1 where id = any/,
    why: 'a round: help was asked for, or ended, and colours are looked at again in whatever grid',
  },
  {
    having: /^select "stream" from "request_state" where "request" = \$1$/,
    why: 'a request of the hotline: in whatever grid it stands now',
  },
]

const ofOffice: readonly Reason[] = [
  {
    having: /^select "stream" from "request_state" where "request" in/,
    why: 'an office merges a request into another, in whatever grid that stands',
  },
  {
    having: /^select now\.id, now\.fields as resident/,
    why: 'an operator tells who was on a lost device: people may stand in another grid by now',
  },
  {
    having: /^select details->>'book' as book, min\(at\) as at from act/,
    why: 'workbooks that were taken back: acts go by their own ids',
  },
  {
    having: /^select count\(\*\) filter \(where act in \('account-created'/,
    why: 'the report of a year: acts go by their own ids',
  },
  {
    having: /^select distinct errand\.stream from record as errand/,
    why: 'an import of requests is taken back: units that have errands of them, wherever',
  },
  {
    having: /^select max\(received_at\) as at from change$/,
    why: 'an operator examines the installation: the newest line of all',
  },
  {
    having: /^select count\(\*\)::int as devices, /,
    why: 'figures of all devices, for whoever watches the installation',
  },
  {
    having: /^select (?:rule|held->>'why' as why), count\(\*\)::int as n from purge_/,
    why: 'an operator examines the installation: what is listed or held of a purge',
  },
  {
    having: /from "?device"? .*where "?(?:device)?"?\.?"?account"? =/,
    why: 'devices of accounts: each lies where its own id says',
  },
  {
    having: /^delete from "session" where "account" =/,
    why: 'a password was changed: sessions lie with their devices',
  },
  {
    having:
      /from stream where exists \( select from record where record\.stream = stream\.id and record\.id/,
    why: 'an account was changed: the streams that name it',
  },
  {
    having: /^select stream, id from record where kind = 'account' and id = any/,
    why: 'accounts that came back with a workbook',
  },
  {
    having: /^select 1 from record where id = \$1::uuid union all/,
    why: 'an office made a place or an account: its id must be new',
  },
  {
    having: /^select id as book, subject/,
    why: 'workbooks of places that an office wrote: acts go by their own ids',
  },
  { having: /from request_state where number = \$1/, why: 'a request is looked for by its number' },
  {
    having: /from record where kind = 'asker' and not removed and fields->'tokens' @>/,
    why: 'a request is looked for by its code',
  },
  {
    having: /from record where kind = 'landlord-link' and not removed and fields->>'hash' =/,
    why: 'a dwelling is looked for by its landlord’s code',
  },
  {
    having: /from request_state where request = any/,
    why: 'requests of the hotline, or that others were merged into: in whatever grid they stand now',
  },
  {
    having: /"import_span" where "import"/,
    why: 'an import is taken back: the streams that it wrote to',
  },
  { having: /^update "import_span"/, why: 'an import was taken back' },
  {
    having:
      /kind = '(?:errand|asker|voice|vehicle)' and not removed and fields->>'(?:request|resident|topic|household)' = any/,
    why: 'a purge: what units, askers, declarations, plates and doors still have of a person, a request or a topic',
  },
]

const ofRounds: readonly Reason[] = [
  {
    having: /^select state\.stream, state\.request from request_state as state left join help/,
    why: 'a round: help that a server of before wrote, wherever',
  },
  {
    having: /^delete from ask_photo(?:_piece)? as /,
    why: 'a round: photographs that are given up',
  },
  {
    having: /^select one\.place, one\.ask, one\.sha256, coalesce\(asked\.request, one\.ask\)/,
    why: 'a round: photographs whose request stands in a stream',
  },
  {
    having: /^select (?:place|state\.stream as place), '(?:page|request)' as what/,
    why: 'a round: what waits at each place',
  },
  { having: /from notification as one left join record/, why: 'a round: what is to be told' },
  { having: /^delete from "notification" where "made_at" </, why: 'a round: old lines of a log' },
  {
    having: /^select "id" from "stream" where "coloured_with" </,
    why: 'a round: streams that an earlier version coloured, by an index',
  },
  {
    having: /^select distinct on \(stream\) stream, id from record where kind = 'scheme'/,
    why: 'a round: the scheme of each place',
  },
  {
    having: /^select stream, id, fields->>'undoAsked' is not null/,
    why: 'a round: imports that wait',
  },
  {
    having: /^delete from record as part using record as whole/,
    why: 'a round: parts of imports that were decided',
  },
  {
    having: /^select distinct stream, rules from request_state/,
    why: 'a round: requests under other rules',
  },
  { having: /from request_state where next_at <=/, why: 'a round: requests whose moment came' },
  {
    having: /^select stream as place, id, version from record where kind in/,
    why: 'a round: rules that a server of before saved, wherever',
  },
  {
    having: /^select distinct stream from subject where until/,
    why: 'a round: subjects whose day came',
  },
  {
    having: /^select stream\.id, stream\.head from stream left join course/,
    why: 'a round: streams that got something since their line of this week',
  },
  {
    having: /^select max\(day\) as day from course where week =/,
    why: 'a round: when lines of this week were written last',
  },
  {
    having: /^select distinct stream from due_tally where day >=/,
    why: 'a round: streams in which a call fell due, by an index',
  },
  {
    having:
      /^delete from "(?:course|shift|visit_tally|reason_tally|coverage_tally|due_tally)" where/,
    why: 'a round: days that nobody looks back to',
  },
  {
    having:
      /^delete from "(?:session|session_pass|attempt|device_attempt|sign_in_home)" where "(?:expires_at|at)" </,
    why: 'a round: what ran out',
  },
  {
    having: /^select stream, array_agg\(id order by id\) as ids from record as old/,
    why: 'a round: errands that ended long ago',
  },
  {
    having: /^select record\.stream, max\(record\.version\) as last from record join change/,
    why: 'a round: old tombstones',
  },
  { having: /^select device, seq from answer where given_at/, why: 'a round: old answers' },
  {
    having: /from "stream" where "stream"\."head" >= \$1 and not exists/,
    why: 'a round: snapshots to be made',
  },
]

const ofOperators: readonly Reason[] = [
  { having: /^declare dump no scroll cursor/, why: 'a backup' },
  { having: /^update stream set epoch = greatest/, why: 'a backup was brought back' },
  { having: /^update stream set head = newest\.version/, why: 'a backup was brought back' },
  { having: /^select \* from "course" order by/, why: 'a demo is filled' },
  {
    having: /^select count\(\*\)::int as entries, count\(distinct chain/,
    why: 'the log is checked',
  },
  { having: /^delete from stream_proof$/, why: 'a backup was brought back' },
  {
    having: /^insert into place_rule .* from record where/,
    why: 'a backup was brought back',
  },
  {
    having: /^insert into stream_proof .* select id, head, proof from stream/,
    why: 'a backup was brought back',
  },
  {
    having: /^select distinct chain from audit union select id from stream/,
    why: 'the log is checked',
  },
  {
    having: /from change left join audit on audit\.chain = change\.stream/,
    why: 'the log is checked',
  },
  { having: /from change where entry is null and \(id, stream\) >/, why: 'the log is checked' },
  { having: /from change where id = any\(.*\) and entry is not null$/, why: 'the log is checked' },
]

export const severalParts: readonly Reason[] = [
  ...ofWorker,
  ...ofRequests,
  ...ofOffice,
  ...ofRounds,
  ...ofOperators,
]
