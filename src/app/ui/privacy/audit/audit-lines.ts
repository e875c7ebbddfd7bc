/** A line of the audit log in words: the same on the page and in the workbook. */
import type { Kind } from '#domain/record.ts'
import type { AuditLine as Line } from '#protocol/audit.ts'
import type { Origin } from '#app/views/history-lines.ts'
import type { Register } from '#app/register/register.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { formatMoment } from '#app/ui/format.ts'
import { useOriginWords } from '#app/ui/pieces/origin-words.ts'
import { useRecipientWords, type RecipientWords } from '#app/ui/pieces/recipient-words.ts'
import { goesToInWords } from '#app/ui/pieces/RecipientFields.tsx'
import { placeOfRecord } from '#app/views/record-place.ts'
import { useMeWords } from '#app/ui/words/me-words.ts'
import { useAuditWords } from '#app/ui/words/audit-words.ts'

export interface SaidLine {
  readonly at: string
  readonly who: string
  /** '' where none is known. */
  readonly device: string
  /** The act, and the kind of record that it was about. */
  readonly act: string
  readonly kind: string
  readonly about: { readonly where: string; readonly href: string | null } | null
  readonly details: readonly string[]
}

/** Gives the words of a line, with names of what this device knows. */
export function useAuditLines(): (line: Line) => SaidLine {
  const app = useParts('register', 'today')
  const words = useMeWords()
  const own = useAuditWords()
  const recipients = useRecipientWords()
  const { from } = useOriginWords()
  const today = useStore(app.today, (store) => store.day)
  return (line) => {
    const { by, kind, act } = line
    const op = text(line.facts['op'])
    const who = by
      ? [by.name || words.resident.byUnknown, by.role && words.me.role[by.role]]
      : [act === 'sign-in-failed' ? own.nobody : own.system]
    return {
      at: formatMoment(words, line.at, today),
      who: who.filter(Boolean).join(' · '),
      device: line.deviceName ?? '',
      act:
        act === 'change' ? (own.op[op] ?? own.act['change'] ?? '') : (own.act[act] ?? own.otherAct),
      kind: isKind(kind, words.facts.kind) ? words.facts.kind[kind] : '',
      about: aboutOf(app.register, line, own),
      details: detailsOf(line, words, own, recipients, from),
    }
  }
}

/** The door or person where this device has it, a name that the server told, else the end of its number. */
function aboutOf(
  register: Register,
  { record, kind, recordName }: Line,
  own: ReturnType<typeof useAuditWords>,
): SaidLine['about'] {
  if (!record) return null
  const found = placeOfRecord(register, kind ?? 'resident', record)
  if (found.href) return found
  const named = register.get('account', record)?.fields ?? register.get('place', record)?.fields
  const where = named?.name ?? recordName ?? own.notHere
  return { where, href: null }
}

function detailsOf(
  { fields, facts, act }: Line,
  words: ReturnType<typeof useMeWords>,
  own: ReturnType<typeof useAuditWords>,
  who: RecipientWords,
  from: (origin: Origin) => string,
): string[] {
  // A form that was opened to be changed shows all of it.
  const name = (field: string) =>
    field === 'edit' ? own.wholeForm : (words.facts.field[field] ?? own.otherField)
  const said: string[] = fields.map(name)
  const purposes: Readonly<Record<string, string>> = words.facts.purpose
  const problems: Readonly<Record<string, string>> = words.problems
  const field = text(facts['field'])
  const purpose = text(facts['purpose'])
  const problem = text(facts['problem'])
  const { count, rows } = facts
  if (field) said.push(name(field))
  if (purpose) said.push(own.purpose(purposes[purpose] ?? own.purposes[purpose] ?? purpose))
  const goesTo = goesToInWords(who, {
    recipient: text(facts['recipient']),
    recipientName: text(facts['recipientName']) || null,
    ground: text(facts['ground']),
  })
  if (goesTo) said.push(goesTo)
  const did = act === 'hotline' || act === 'ask' ? own[act][text(facts['did'])] : undefined
  if (did) said.push(did)
  if (text(facts['system'])) said.push(text(facts['system']))
  const source = text(facts['source'])
  const on = text(facts['sourceOn']) || null
  if (source) said.push(from({ source, entry: text(facts['sourceEntry']) || null, on }))
  const format = text(facts['format'])
  if (format) said.push(own.formats[format] ?? format)
  const minor = text(facts['minor'])
  const approval = text(facts['approval'])
  if (minor) said.push(own.group[minor] ?? minor)
  if (typeof facts['minors'] === 'number') said.push(own.minors(facts['minors']))
  if (approval) said.push(own.approval)
  if (facts['taken'] === true) said.push(own.taken)
  if (facts['repeated'] === true) said.push(own.repeated)
  if (facts['begun'] === true) said.push(own.begun)
  if (problem) said.push(problems[problem] ?? problem)
  if (typeof facts['masked'] === 'boolean') said.push(facts['masked'] ? own.masked : own.inFull)
  if (typeof count === 'number') said.push(own.count(count))
  if (typeof rows === 'number') said.push(own.count(rows))
  const { unusual, places, tries, wait } = facts
  if (act === 'pull' && typeof places === 'number') said.push(own.grids(places))
  if (typeof tries === 'number' && typeof wait === 'number') said.push(own.tries(tries, wait))
  if (Array.isArray(unusual)) said.push(...unusual.map((one) => own.unusual[text(one)] ?? ''))
  if (act === 'change' && facts['emptied'] === true) said.push(own.emptied)
  return said
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function isKind(kind: string | null, names: Readonly<Record<Kind, string>>): kind is Kind {
  return kind !== null && kind in names
}
