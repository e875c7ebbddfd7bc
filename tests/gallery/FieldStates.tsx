import { useState } from 'preact/hooks'
import { DateTyped } from '#app/ui/kit/DateTyped.tsx'
import {
  ChoiceField,
  DateField,
  SelectField,
  SwitchField,
  TextAreaField,
  TextField,
} from '#app/ui/kit/Field.tsx'
import type { Words } from './samples.ts'

/** Fields empty, filled, wrong, read only; choices of two, three, four short and four long words. */
export function FieldStates(props: { readonly words: Words }) {
  const { words } = props
  const [name, setName] = useState('')
  const [birth, setBirth] = useState('1934-06-04')
  const [choice, setChoice] = useState('0')
  const [agrees, setAgrees] = useState(true)
  const options = (texts: readonly string[]) =>
    texts.map((label, at) => ({ value: String(at), label }))
  const choices = [words.sexes, words.sizes, words.stays, words.registrations]
  const labels = [words.sex, words.size, words.stay, words.registered]
  return (
    <section aria-label="Field" style="display: grid; gap: 20px">
      <h2 style="font-size: var(--t-2); color: var(--ink-soft)">
        Field, Choice, DateTyped, Switch
      </h2>
      <TextField
        label={words.name}
        required={words.required}
        hint={words.hint}
        placeholder={words.hint}
        value={name}
        onInput={setName}
      />
      <TextField label={words.name} error={words.wrong} value={name} onInput={setName} />
      <TextField label={words.name} value={words.who} disabled onInput={setName} />
      <TextAreaField label={words.more} value={words.why} onInput={setName} />
      <SelectField
        label={words.registered}
        value={choice}
        options={options(words.registrations)}
        onInput={setChoice}
      />
      <DateField label={words.today} value="2026-11-29" onInput={() => undefined} />
      <DateTyped label={words.birth} value={birth} onInput={setBirth} />
      {choices.map((texts, at) => (
        <ChoiceField
          key={labels[at]}
          label={labels[at] ?? ''}
          value={choice}
          options={options(texts)}
          onInput={setChoice}
        />
      ))}
      <SwitchField label={words.consent} hint={words.hint} checked={agrees} onInput={setAgrees} />
      <SwitchField label={words.settle} checked={!agrees} onInput={(on) => setAgrees(!on)} />
    </section>
  )
}
