/** What was done with a person and their record, and when: visits, notices, what they asked, every change. */
import { historyIn } from '#app/register/history-of.ts'
import { originsIn, originsOfFields, type Origin } from '#app/register/origins.ts'
import type { HistoryLine } from '#app/register/register.ts'
import type { Rec } from '#app/views/records.ts'
import { originWords } from '#app/ui/pieces/origin-words.ts'
import {
  dayInFull,
  momentInFull,
  nameOfAccount,
  valueText,
  type FilePart,
  type FileSource,
} from './file-source.ts'

type Line = Omit<HistoryLine, 'pending'>

/** Newest first: what waits here, what the office told before, and where the office was asked all that is older. */
function linesOf({ register, resident, merged, older }: FileSource): Line[] {
  const lines = new Map<string, Line>()
  for (const { id } of [resident, ...merged]) {
    for (const line of historyIn(register, id)) lines.set(line.id, line)
  }
  for (const { by, ...line } of older === 'asking' ? [] : (older ?? [])) {
    if (!lines.has(line.id)) lines.set(line.id, { ...line, by: by ?? null })
  }
  return [...lines.values()].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
}

/** By field which office gave what stands there now; of a record's first values only where every change is known. */
export function originsOfFacts(
  source: FileSource,
  fields: readonly string[],
): ReadonlyMap<string, Origin> {
  const { register, resident, older } = source
  const isComplete = older !== null && older !== 'asking'
  // Changes of a record that was merged into this one say nothing of what stands in this one.
  const ofOwn = isComplete ? older.filter(({ record }) => record === resident.id) : older
  const lines = linesOf({ ...source, merged: [], older: ofOwn })
  return originsOfFields(lines, fields, originsIn(register), isComplete)
}

/** Households in which the person lived, as far as the history tells, each until when. */
function homesOf(source: FileSource): ReadonlyMap<string, string> {
  const homes = new Map([[source.resident.fields.household, '9999']])
  for (const { fields, at } of linesOf(source)) {
    const before = fields['household']?.[0]
    if (typeof before === 'string' && !homes.has(before)) homes.set(before, at)
  }
  for (const { fields } of source.merged) {
    if (!homes.has(fields.household)) homes.set(fields.household, '9999')
  }
  return homes
}

/** Visits to the person, and to the household as long as they lived there; the newest first. */
export function visitsOf(source: FileSource): readonly Rec<'visit'>[] {
  const { register, resident, merged } = source
  const homes = homesOf(source)
  const ids = new Set([resident.id, ...merged.map(({ id }) => id)])
  return [...register.all('visit')]
    .filter(({ fields }) =>
      fields.resident ? ids.has(fields.resident) : fields.at <= (homes.get(fields.household) ?? ''),
    )
    .sort((a, b) => (a.fields.at < b.fields.at ? 1 : -1))
}

export function visitsPart(source: FileSource): FilePart {
  const { words, own } = source
  const visits = visitsOf(source)
  return {
    title: words.household.visits,
    ...(visits.length === 0 ? { note: words.household.noVisits } : {}),
    columns: [
      { header: own.when, width: 24 },
      { header: own.how, width: 18 },
      { header: own.what, width: 40 },
      { header: own.who, width: 16 },
    ],
    rows: visits.map(({ fields, by }) => [
      momentInFull(words, fields.at),
      words.household.visitLine(
        words.facts.channel[fields.channel],
        words.facts.outcome[fields.outcome],
      ),
      [
        fields.unchanged && words.household.unchangedShort,
        (fields.changed ?? []).map((field) => words.facts.field[field] ?? field).join('、'),
        fields.note,
      ]
        .filter(Boolean)
        .join(' · '),
      nameOfAccount(source, by),
    ]),
  }
}

/** Every notice that was noted: the one that counts stands in the record, those before it in its history. */
export function noticesPart(source: FileSource): FilePart {
  const { resident, words, own } = source
  const { noticeOn, noticeVersion } = resident.fields
  const told = linesOf(source).flatMap(({ fields, by }) => {
    const day = fields['noticeOn']?.[1]
    const version = fields['noticeVersion']?.[1]
    return typeof day === 'string' ? [{ day, version, by: nameOfAccount(source, by) }] : []
  })
  // Given as the record was made, or before what the history holds.
  if (noticeOn && !told.some(({ day }) => day === noticeOn)) {
    told.unshift({ day: noticeOn, version: noticeVersion, by: '' })
  }
  return {
    title: own.parts.notices,
    ...(told.length === 0 ? { note: words.resident.noticeMissing } : {}),
    columns: [
      { header: own.when, width: 24 },
      { header: own.notice, width: 30 },
      { header: own.who, width: 16 },
    ],
    rows: told.map(({ day, version, by }) => [
      dayInFull(words, day),
      typeof version === 'number' ? own.version(version) : '',
      by,
    ]),
  }
}

export function inquiriesPart(source: FileSource): FilePart | null {
  const { register, resident, merged, words, own } = source
  const ids = new Set([resident.id, ...merged.map(({ id }) => id)])
  const inquiries = [...register.all('inquiry')]
    .filter(({ fields }) => ids.has(fields.resident))
    .sort((a, b) => (a.fields.receivedOn < b.fields.receivedOn ? 1 : -1))
  if (inquiries.length === 0) return null
  return {
    title: words.facts.kind.inquiry,
    columns: [
      { header: own.asked, width: 18 },
      { header: own.what, width: 28 },
      { header: own.answer, width: 46 },
    ],
    rows: inquiries.map(({ fields }) => [
      dayInFull(words, fields.receivedOn),
      fields.note ? own.pair(own.wants[fields.wants], fields.note) : own.wants[fields.wants],
      [
        fields.fileMadeAt && own.madeAt(momentInFull(words, fields.fileMadeAt)),
        fields.answeredOn && dayInFull(words, fields.answeredOn),
        fields.outcome && own.outcome[fields.outcome],
        fields.answer,
      ]
        .filter(Boolean)
        .join(' · ') || own.waiting,
    ]),
  }
}

export function historyPart(source: FileSource): FilePart {
  const { words, own, older, register } = source
  const originOf = originsIn(register)
  const { from } = originWords[words.language]
  const rows = linesOf(source).flatMap(({ at, by, op, fields }) => {
    const origin = originOf({ at, by })
    const who = [nameOfAccount(source, by), origin && from(origin)].filter(Boolean).join(own.and)
    const start = [momentInFull(words, at), who]
    if (op === 'create') return [[...start, words.resident.created, '', '']]
    if (op === 'remove') return [[...start, words.resident.removed, '', '']]
    return Object.entries(fields).map(([field, [before, after]]) => [
      ...start,
      words.facts.field[field] ?? field,
      valueText(source, field, before) || words.resident.noBefore,
      valueText(source, field, after) || words.resident.noBefore,
    ])
  })
  return {
    title: words.resident.history,
    ...(Array.isArray(older) ? {} : { note: older === 'asking' ? own.notYet : own.onlyRecent }),
    columns: [
      { header: own.when, width: 24 },
      { header: own.who, width: 16 },
      { header: own.field, width: 18 },
      { header: own.before, width: 28 },
      { header: own.after, width: 28 },
    ],
    rows,
  }
}

/** Where two people set a field differently: both values are kept. */
export function clashesPart(source: FileSource): FilePart | null {
  const { register, resident, words, own } = source
  const clashes = [...register.all('clash')].filter(({ fields }) => fields.record === resident.id)
  if (clashes.length === 0) return null
  return {
    title: words.facts.kind.clash,
    columns: [
      { header: own.field, width: 18 },
      { header: own.kept, width: 40 },
      { header: own.lost, width: 40 },
    ],
    rows: clashes.map(({ fields: { field, kept, lost } }) => {
      const side = ({ value, at }: typeof kept) =>
        `${valueText(source, field, value) || words.resident.noBefore}（${momentInFull(words, at)}）`
      return [words.facts.field[field] ?? field, side(kept), side(lost)]
    }),
  }
}
