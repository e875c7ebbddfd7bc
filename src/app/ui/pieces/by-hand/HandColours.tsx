import { useState } from 'preact/hooks'
import { colourByRules } from '#domain/colour-of.ts'
import { addDays } from '#domain/day.ts'
import type { Subject } from '#domain/facts.ts'
import type { ColourKey, LevelKey } from '#domain/level.ts'
import { mayPropose, needsReview, overrideDays, stateOf, type Override } from '#domain/override.ts'
import { mayProposeByHand, mayReview } from '#domain/permission.ts'
import type { Rec } from '#app/views/records.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatDay, formatFacts } from '#app/ui/format.ts'
import { patchOf } from '#app/acts/household-intents.ts'
import { useDraft } from '#app/ui/forms/use-draft.ts'
import { useSave } from '#app/ui/forms/use-save.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { ChoiceField, DateField, TextField } from '#app/ui/kit/Field.tsx'
import { LevelMark } from '#app/ui/kit/LevelMark.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { useLevels } from '#app/ui/levels.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import styles from './ByHand.module.css'
import { useByHandWords } from './by-hand-words.ts'

type Coloured = Rec<'resident'> | Rec<'dwelling'>

/** What people said by hand about a subject, and the form to say something. */
export function HandColours(props: { readonly record: Coloured; readonly subject: Subject }) {
  const app = useParts('session', 'drafts')
  const own = useByHandWords()
  const account = useStore(app.session, (session) => session.account)
  const [proposing, setProposing] = useState(
    () => app.drafts.get(draftKey(props.record.id)) !== undefined,
  )
  const { record } = props
  const held = [...(record.fields.overrides ?? [])].sort((a, b) => (a.from < b.from ? 1 : -1))
  const mayWrite = account !== null && mayProposeByHand(account.role)
  return (
    <section class={styles.part}>
      <h2>{own.byHand}</h2>
      <p class={styles.soft}>{own.byHandHint}</p>
      {held.length > 0 && (
        <ul class={styles.plain}>
          {held.map((override) => (
            <li key={override.id}>
              <HandLine record={record} override={override} subject={props.subject} />
            </li>
          ))}
        </ul>
      )}
      {mayWrite &&
        account &&
        (proposing ? (
          <Propose {...props} account={account.id} onDone={() => setProposing(false)} />
        ) : (
          <Button icon="edit" onClick={() => setProposing(true)}>
            {own.propose}
          </Button>
        ))}
    </section>
  )
}

function HandLine(props: {
  readonly record: Coloured
  readonly override: Override
  readonly subject: Subject
}) {
  const app = useParts('session', 'today')
  const words = useWords()
  const own = useByHandWords()
  const levels = useLevels()
  const day = useStore(app.today, (store) => store.day)
  const account = useStore(app.session, (session) => session.account)
  const saving = useSave()
  const rules = useRulesColour(props.subject)
  const { record, override } = props
  const state = stateOf(override, day)
  const isOpen = state === 'open' || state === 'agreed'
  const isOffice = account !== null && mayReview(account.role)
  const mayWithdraw = isOpen && (override.by === account?.id || isOffice)
  const withdraw = () =>
    saving.run(
      [
        patchOf(record, {
          overrides: (record.fields.overrides ?? []).map((one) =>
            one.id === override.id ? { ...one, withdrawnOn: day } : one,
          ),
        }),
      ],
      () => undefined,
    )
  return (
    <div class={styles.hand}>
      <p class={styles.marked}>
        <LevelMark level={levels[override.colour]} look="chip" />
        <strong>
          {state === 'open' && !needsReview(rules, override.colour)
            ? own.openAtOnce
            : own.state[state]}
        </strong>
      </p>
      <p>{override.words}</p>
      <HandDates override={override} />
      {saving.problem && <Notice tone="alarm">{words.problems[saving.problem]}</Notice>}
      {mayWithdraw && (
        <Button look="quiet" busy={saving.busy} onClick={withdraw}>
          {own.withdraw}
        </Button>
      )}
    </div>
  )
}

/** Who proposed it, for how long, and who looked at it. */
export function HandDates(props: { readonly override: Override }) {
  const app = useParts('register', 'today')
  const words = useWords()
  const own = useByHandWords()
  const day = useStore(app.today, (store) => store.day)
  const { by, from, until, review } = props.override
  const nameOf = (id: string | undefined) => (id ? (names[id] ?? words.resident.byUnknown) : '')
  const names = useRegister(app, (register) =>
    Object.fromEntries(
      [by, review?.by].flatMap((id) => {
        const name = id ? register.get('account', id)?.fields.name : undefined
        return id && name ? [[id, name]] : []
      }),
    ),
  )
  return (
    <p class={styles.soft}>
      {formatFacts(words, [
        own.by(nameOf(by), formatDay(words, from, day), formatDay(words, until, day)),
        review && own.reviewedBy(nameOf(review.by), formatDay(words, review.on, day)),
      ])}
    </p>
  )
}

export function useRulesColour(subject: Subject | undefined): ColourKey {
  const app = useParts('register', 'today')
  const day = useStore(app.today, (store) => store.day)
  const scheme = useRegister(app, (register) => register.scheme())
  return subject ? colourByRules(subject, scheme, day).colour : 'grey'
}

interface Typed {
  readonly colour: LevelKey | null
  readonly words: string
  readonly until: string
}

const draftKey = (record: string) => `by-hand/${record}`

function Propose(props: {
  readonly record: Coloured
  readonly subject: Subject
  readonly account: string
  readonly onDone: () => void
}) {
  const app = useParts('register', 'work', 'today')
  const words = useWords()
  const own = useByHandWords()
  const levels = useLevels()
  const day = useStore(app.today, (store) => store.day)
  const scheme = useRegister(app, (register) => register.scheme())
  const saving = useSave()
  const { record, subject } = props
  const rules = colourByRules(subject, scheme, day)
  const draft = useDraft<Typed>(draftKey(record.id), () => ({
    colour: null,
    words: '',
    until: addDays(day, 30),
  }))
  const [asked, setAsked] = useState(false)
  const { colour, until } = draft.value
  const options = scheme.levels.filter(({ key }) => mayPropose(rules.colour, key))
  const last = addDays(day, overrideDays)
  const isUntilRight = until !== '' && until >= day && until <= last
  const text = draft.value.words.trim()
  const set = (part: Partial<Typed>) => draft.set((before) => ({ ...before, ...part }))
  const cancel = () => {
    draft.done()
    props.onDone()
  }
  const save = () => {
    setAsked(true)
    if (!colour || !isUntilRight || text === '') return
    const override: Override = {
      id: app.work.newId(),
      colour,
      words: text,
      from: day,
      until,
      by: props.account,
      over: rules.reasons.map(({ rule }) => rule),
    }
    const overrides = [...(record.fields.overrides ?? []), override]
    saving.run([patchOf(record, { overrides })], cancel)
  }
  if (options.length === 0) return <Notice>{own.noneHigher}</Notice>
  return (
    <div class={styles.form}>
      <ChoiceField
        label={own.colour}
        required={own.required}
        value={colour ?? ''}
        options={options.map(({ key }) => ({
          value: key,
          label: `${levels[key].mark} ${levels[key].word}`,
        }))}
        error={
          asked && !colour
            ? words.fieldProblem({ field: 'colour', problem: 'required' })
            : undefined
        }
        onInput={(value) => set({ colour: value as LevelKey })}
      />
      {rules.colour === 'grey' && <p class={styles.soft}>{own.greyOnly}</p>}
      {colour && <Notice>{needsReview(rules.colour, colour) ? own.waits : own.atOnce}</Notice>}
      <TextField
        label={own.words}
        required={own.required}
        maxLength={80}
        value={draft.value.words}
        error={asked && text === '' ? own.wordsMissing : undefined}
        onInput={(value) => set({ words: value })}
      />
      <DateField
        label={own.until}
        hint={own.untilHint}
        min={day}
        max={last}
        value={until}
        error={asked && !isUntilRight ? own.daysWrong : undefined}
        onInput={(value) => set({ until: value })}
      />
      {saving.problem && <Notice tone="alarm">{words.problems[saving.problem]}</Notice>}
      <div class={styles.acts}>
        <Button look="primary" busy={saving.busy} onClick={save}>
          {own.save}
        </Button>
        <Button onClick={cancel}>{words.shell.cancel}</Button>
      </div>
    </div>
  )
}
