import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { isWithheld, unconsented } from '#domain/consent.ts'
import { ageGroupOf } from '#domain/minor.ts'
import { isFloating, livesApartFromHukou } from '#domain/residence.ts'
import type { Rec } from '#app/views/records.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { formatAge, formatDay, formatFacts, formatNames } from '#app/ui/format.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Fact as FactOf, FactGrid } from '#app/ui/kit/FactGrid.tsx'
import { Group } from '#app/ui/kit/Row.tsx'
import { fieldToText, isSensitive, tagToText } from '#app/ui/pieces/field-value.ts'
import { Masked } from '#app/ui/pieces/Masked.tsx'
import { usePolicy } from '#app/ui/pieces/policy-in-force.ts'
import type { Reveals } from '#app/ui/pieces/reveals.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import styles from './FactList.module.css'

const identity = ['name', 'documentType', 'documentNumber', 'birth', 'sex', 'relation'] as const
const living = [
  'residence',
  'hukouAddress',
  'arrivedOn',
  'arrivalReason',
  'registeredOn',
  'permitType',
  'permitExpires',
] as const
const other = [
  'ethnicity',
  'education',
  'marriage',
  'workplace',
  'contactName',
  'contactPhone',
  'guardianName',
  'guardianPhone',
  'guardianRelation',
  'noticeOn',
  'note',
] as const

/** What half a line of a phone has room for, a Chinese character being two. */
const HALF_LINE = 16

/** The facts of one resident that are known; what is not known takes no line, except where it should be asked. */
export function FactList(props: { readonly resident: Rec<'resident'>; readonly reveals: Reveals }) {
  const words = useWords()
  const app = useParts('today')
  const day = useStore(app.today, (store) => store.day)
  const [all, setAll] = useState(false)
  const { fields } = props.resident
  const group = ageGroupOf(fields, fields.diedOn ?? day)
  const open = unconsented(fields).filter((field) => !isWithheld(field, fields))
  const status = [
    isFloating(fields) && words.resident.floating,
    livesApartFromHukou(fields) && words.resident.apart,
  ]
  const tags = fields.tags ?? []
  const isOther = status.some(Boolean)
  return (
    <>
      <Phones {...props} />
      <Part title={words.resident.identity}>
        {identity.map((field) => (
          <Fact key={field} field={field} {...props} />
        ))}
        {fields.birth && (
          <Line label={words.resident.age}>
            {formatFacts(words, [
              formatAge(words, fields.birth, fields.diedOn ?? day),
              group && words.resident.minor[group],
            ])}
          </Line>
        )}
      </Part>
      <Part title={words.resident.living}>
        {isOther && <Line label={words.resident.status}>{formatFacts(words, status)}</Line>}
        {living.map((field) => (
          <Fact key={field} field={field} {...props} />
        ))}
      </Part>
      <Part title={words.resident.care} said={tags.length === 0 && [words.resident.noCare]}>
        {tags.map((tag) => (
          <Line key={tag.tag} label={tagToText(words, tag)} isLong>
            {formatFacts(words, [
              words.facts.tagSource[tag.source],
              words.resident.from(formatDay(words, tag.from, day)),
              tag.until && words.resident.until(formatDay(words, tag.until, day)),
            ])}
          </Line>
        ))}
      </Part>
      {all ? (
        <Part
          title={words.resident.other}
          said={[
            open.length > 0 &&
              words.resident.unconsented(
                formatNames(
                  words,
                  open.map((field) => words.facts.field[field] ?? field),
                ),
              ),
            !fields.noticeOn && words.resident.noticeMissing,
          ]}
        >
          {other.map((field) => (
            <Fact key={field} field={field} {...props} />
          ))}
        </Part>
      ) : (
        <Button look="quiet" wide onClick={() => setAll(true)}>
          {words.resident.showOther}
        </Button>
      )}
    </>
  )
}

/** Telephones, each with its call: calling shows the number to the dialler, so it is a reveal like any other. */
function Phones(props: { readonly resident: Rec<'resident'>; readonly reveals: Reveals }) {
  const words = useWords()
  const { fields } = props.resident
  const phones = fields.phones ?? []
  if (phones.length === 0) return null
  const shown = props.reveals.isShown('phones')
  return (
    <Part title={words.resident.contact}>
      <Fact field="phones" {...props} />
      {shown &&
        phones.map((phone) => (
          <a key={phone} class={styles.call} href={`tel:${phone}`}>
            {words.resident.call} {phone}
          </a>
        ))}
    </Part>
  )
}

function Fact(props: {
  readonly field: string
  readonly resident: Rec<'resident'>
  readonly reveals: Reveals
}) {
  const words = useWords()
  const app = useParts('register', 'today')
  const day = useStore(app.today, (store) => store.day)
  const { field, reveals } = props
  // What the office does not ask any more is not looked at either.
  const { off } = usePolicy()
  if (off.includes(field) || isWithheld(field, props.resident.fields)) return null
  const value = (props.resident.fields as Record<string, unknown>)[field]
  const text = (open: boolean) => fieldToText(words, app.register, field, value, day, open)
  if (text(false) === '') return null
  const label = words.facts.field[field] ?? field
  return (
    <Line
      label={label}
      isTall={isSensitive(field)}
      isLong={widthOf(label + text(false)) > HALF_LINE}
    >
      {isSensitive(field) ? (
        <Masked
          field={field}
          label={label}
          value={text(true)}
          masked={text(false)}
          reveals={reveals}
        />
      ) : (
        text(false)
      )}
    </Line>
  )
}

/** A Chinese character is as wide as two letters. */
function widthOf(text: string): number {
  return [...text].reduce((width, letter) => width + (letter > '\u2e7f' ? 2 : 1), 0)
}

/** Facts, and under them what is said in whole lines: a list of facts holds nothing else. */
function Part(props: {
  readonly title: string
  readonly said?: readonly (string | false)[] | false
  readonly children: ComponentChildren
}) {
  const said = props.said ? props.said.filter((line) => line !== false) : []
  return (
    <Group head={props.title} box>
      <FactGrid>{props.children}</FactGrid>
      {said.map((line) => (
        <p key={line} class={styles.said}>
          {line}
        </p>
      ))}
    </Group>
  )
}

/** A plain fact stands beside another one; with an eye or with more words than fit there it has the whole line. */
function Line(props: {
  readonly label: string
  readonly isTall?: boolean
  readonly isLong?: boolean
  readonly children: ComponentChildren
}) {
  const { label, isTall = false, isLong = false } = props
  return (
    <FactOf label={label} tall={isTall} wide={isLong}>
      {props.children}
    </FactOf>
  )
}
