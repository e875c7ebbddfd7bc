import { shortOfId } from '#domain/born-ids.ts'
import type { Kind } from '#domain/record.ts'
import type { AuditLine as Line } from '#protocol/audit.ts'
import { useApp, useRegister, useStore } from '#app/stores/use-store.ts'
import { formatMoment } from '#app/ui/format.ts'
import { placeOfRecord } from '#app/ui/pieces/record-place.ts'
import type { Origin } from '#app/register/origins.ts'
import { originWords } from '#app/ui/pieces/origin-words.ts'
import { recipientWords, type RecipientWords } from '#app/ui/pieces/recipient-words.ts'
import { goesToInWords } from '#app/ui/pieces/RecipientFields.tsx'
import { useScreenWords } from '#app/ui/words/use-words.ts'
import { useMeWords } from '#app/ui/screens/Me/use-me-words.ts'
import styles from './Audit.module.css'
import { useAuditWords } from './audit-words.ts'

/** One line an act: when, who, what, about which record. A table on a tablet, cards on a phone. */
export function AuditTable(props: { readonly lines: readonly Line[] }) {
  const own = useAuditWords()
  const { at, who, what, about, details } = own.columns
  return (
    <table class={styles.table}>
      <thead>
        <tr>
          {[at, who, what, about, details].map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.lines.map((line) => (
          <Row key={line.id} line={line} />
        ))}
      </tbody>
    </table>
  )
}

function Row(props: { readonly line: Line }) {
  const app = useApp()
  const words = useMeWords()
  const own = useAuditWords()
  const recipients = useScreenWords(recipientWords)
  const { from } = useScreenWords(originWords)
  const today = useStore(app.today, (store) => store.day)
  const { line } = props
  const { by, kind, act } = line
  const op = text(line.facts['op'])
  const who = by
    ? [by.name || words.resident.byUnknown, by.role && words.me.role[by.role]]
    : [act === 'sign-in-failed' ? own.nobody : own.system]
  return (
    <tr>
      <td>{formatMoment(words, line.at, today)}</td>
      <td>{who.filter(Boolean).join(' · ')}</td>
      <td>
        <strong>
          {act === 'change' ? (own.op[op] ?? own.act['change']) : (own.act[act] ?? act)}
        </strong>{' '}
        {isKind(kind, words.facts.kind) && words.facts.kind[kind]}
      </td>
      <td>
        <About line={line} />
      </td>
      <td>{detailsOf(line, words, own, recipients, from).join(' · ')}</td>
    </tr>
  )
}

/** The door or person where this device has it, else the end of its number: the auditor's has no persons. */
function About(props: { readonly line: Line }) {
  const app = useApp()
  const own = useAuditWords()
  const { record, kind } = props.line
  const place = useRegister(
    app,
    (register) => {
      if (!record) return null
      const found = placeOfRecord(register, kind ?? 'resident', record)
      if (found.href) return found
      const named = register.get('account', record)?.fields ?? register.get('place', record)?.fields
      return { where: named?.name ?? own.ofRecord(shortOfId(record).slice(-6)), href: null }
    },
    [record, kind],
  )
  if (!place) return <>–</>
  return place.href ? (
    <a class={styles.about} href={place.href}>
      {place.where}
    </a>
  ) : (
    <>{place.where}</>
  )
}

function detailsOf(
  { fields, facts, act }: Line,
  words: ReturnType<typeof useMeWords>,
  own: ReturnType<typeof useAuditWords>,
  who: RecipientWords,
  from: (origin: Origin) => string,
): string[] {
  const name = (field: string) => words.facts.field[field] ?? field
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
  const did = act === 'hotline' ? own.hotline[text(facts['did'])] : undefined
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
  if (approval) said.push(own.approval(shortOfId(approval).slice(-6)))
  if (facts['repeated'] === true) said.push(own.repeated)
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
