import { useMemo, useState } from 'preact/hooks'
import { findingsOf } from '#domain/scheme-check.ts'
import { changesOf, isUnchanged } from '#domain/scheme-changes.ts'
import type { Rule, Scheme } from '#domain/scheme.ts'
import { carryLimits, changesLimits } from '#domain/carry-limits.ts'
import { maySaveScheme } from '#domain/permission.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { useDraft } from '#app/ui/forms/use-draft.ts'
import { useSave, type Saving } from '#app/ui/forms/use-save.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { DateField, TextField } from '#app/ui/kit/Field.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Sheet } from '#app/ui/kit/Sheet.tsx'
import { Page, useBack } from '#app/ui/Page.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { Changes } from './Changes.tsx'
import { CoverageField } from './CoveragePart.tsx'
import { firstLeaf } from './ConditionField.tsx'
import { sampleReason } from './condition-words.ts'
import { DaysField } from '#app/ui/forms/DaysField.tsx'
import { LevelsField } from './LevelsField.tsx'
import { Preview, type Previewed } from './Preview.tsx'
import { RuleCard } from './RuleCard.tsx'
import styles from './Scheme.module.css'
import {
  faultsOfDraft,
  placeOfScheme,
  schemeDraftKey,
  versionsOf,
  type DraftFault,
  type SchemeDraft,
} from '#app/views/scheme-draft.ts'
import { useSchemeWords } from '#app/ui/words/scheme-words.ts'
import { coloursPages } from '#app/links/colours.ts'

/** The administrator's draft: levels, rules, calendar; what it would change; and the save that all devices follow. */
export function SchemeEdit() {
  const app = useParts('session', 'register')
  const own = useSchemeWords()
  const newest = useRegister(app, (register) => versionsOf(register)[0]?.scheme)
  const place = useRegister(app, placeOfScheme)
  const role = useStore(app.session, (session) => session.account?.role)
  if (!newest || !place || !role || !maySaveScheme(role)) {
    return (
      <Page width="read" title={own.editTitle} back={coloursPages.scheme()}>
        <Notice>{own.onlyAdmin}</Notice>
      </Page>
    )
  }
  return <Editor newest={newest} place={place} title={own.editTitle} />
}

function Editor(props: {
  readonly newest: Scheme
  readonly place: string
  readonly title: string
}) {
  const app = useParts('work', 'today')
  const own = useSchemeWords()
  const { newest } = props
  const today = useStore(app.today, (store) => store.day)
  const goBack = useBack(coloursPages.scheme())
  const saving = useSave()
  const { draft, scheme, set, limitFrom, isLimitNew, carried, faults, findings, isSame, isBehind } =
    useSchemeDraft(newest, today)
  const [isAsking, setAsking] = useState(false)
  const [counted, setCounted] = useState<Previewed | null>(null)
  const save = () =>
    saving.run(
      [
        {
          op: 'create',
          kind: 'scheme',
          record: app.work.newId(props.place),
          stream: props.place,
          fields: { ...carried, schemeVersion: newest.schemeVersion + 1, from: today },
        },
      ],
      () => {
        draft.done()
        goBack()
      },
    )
  const general = [...new Set(faults.flatMap((one) => (one.rule ? [] : [own.fault[one.fault]])))]

  return (
    <Page
      width="read"
      title={props.title}
      back={coloursPages.scheme()}
      foot={
        <>
          {faults.length > 0 && <Notice tone="alarm">{own.mendFirst(faults.length)}</Notice>}
          {isSame && <p class={styles.soft}>{own.nothingChanged}</p>}
          <Button
            look="primary"
            wide
            disabled={faults.length > 0 || isSame || isBehind}
            onClick={() => setAsking(true)}
          >
            {own.save}
          </Button>
        </>
      }
    >
      <div class={styles.page}>
        {isBehind && (
          <Behind
            newest={newest}
            scheme={scheme}
            onKeep={() => draft.set((before) => ({ ...before, base: newest.schemeVersion }))}
          />
        )}
        {general.map((text) => (
          <Notice key={text} tone="alarm">
            {text}
          </Notice>
        ))}
        <TextField
          label={own.name}
          maxLength={40}
          value={scheme.name}
          onInput={(name) => set({ name })}
        />
        <section class={styles.part}>
          <h2>{own.levels}</h2>
          <LevelsField levels={scheme.levels} onChange={(levels) => set({ levels: [...levels] })} />
        </section>
        <RulesPart
          scheme={scheme}
          faults={faults}
          findings={findings}
          onChange={(rules) => set({ rules })}
        />
        <CoverageField scheme={scheme} onChange={(coverage) => set({ coverage })} />
        <section class={styles.part}>
          <h2>{own.calendar}</h2>
          <DaysField calendar={scheme} onChange={set} />
        </section>
        {isLimitNew && (
          <LimitFrom
            today={today}
            value={limitFrom}
            onInput={(day) => draft.set((before) => ({ ...before, limitFrom: day }))}
          />
        )}
        <Preview
          scheme={carried}
          value={counted}
          disabled={faults.length > 0 || isSame}
          onCounted={setCounted}
        />
        <Discard
          onDiscard={() => {
            draft.done()
            goBack()
          }}
        />
      </div>
      {isAsking && (
        <SaveSheet
          newest={newest}
          scheme={carried}
          isPreviewed={counted?.scheme === carried}
          saving={saving}
          onSave={save}
          onClose={() => setAsking(false)}
        />
      )}
    </Page>
  )
}

function maxOf(a: string, b: string): string {
  return a > b ? a : b
}

/** The draft, what of it is counted and saved, and what keeps it from that. */
function useSchemeDraft(newest: Scheme, today: string) {
  const draft = useDraft<SchemeDraft>(schemeDraftKey, () => ({
    base: newest.schemeVersion,
    scheme: newest,
  }))
  const { scheme, base } = draft.value
  const set = (part: Partial<Scheme>) =>
    draft.set((before) => ({ ...before, scheme: { ...before.scheme, ...part } }))
  const isLimitNew = changesLimits(newest, scheme)
  // A draft of yesterday makes nobody late today.
  const limitFrom = maxOf(draft.value.limitFrom ?? today, today)
  /** What is counted and saved: the draft with the limits of before. */
  const carried = useMemo(() => carryLimits(newest, scheme, limitFrom), [newest, scheme, limitFrom])
  const faults = useMemo(() => faultsOfDraft(scheme), [scheme])
  const findings = useMemo(() => (faults.length === 0 ? findingsOf(scheme) : []), [scheme, faults])
  const isSame = isUnchanged(changesOf(newest, scheme))
  const isBehind = base !== newest.schemeVersion
  return { draft, scheme, set, limitFrom, isLimitNew, carried, faults, findings, isSame, isBehind }
}

/** From when on changed limits hold: no day that is over. */
function LimitFrom(props: {
  readonly today: string
  readonly value: string
  readonly onInput: (day: string) => void
}) {
  const own = useSchemeWords()
  const [isWrong, setWrong] = useState(false)
  return (
    <section class={styles.part}>
      <DateField
        label={own.limitFrom}
        hint={own.limitFromHint}
        error={isWrong ? own.limitFromWrong : undefined}
        min={props.today}
        value={props.value}
        onInput={(day) => {
          const isRight = day >= props.today
          setWrong(!isRight)
          if (isRight) props.onInput(day)
        }}
      />
    </section>
  )
}

/** The rules of the draft, one open at a time; a new one stands first. */
function RulesPart(props: {
  readonly scheme: Scheme
  readonly faults: readonly DraftFault[]
  readonly findings: ReturnType<typeof findingsOf>
  readonly onChange: (rules: Scheme['rules']) => void
}) {
  const app = useParts('work')
  const words = useWords()
  const own = useSchemeWords()
  const [open, setOpen] = useState<string | null>(null)
  const { scheme, faults, findings, onChange } = props
  const { rules } = scheme
  const reasonOfRule = (key: string) => {
    const rule = rules.find((one) => one.key === key)
    return rule ? sampleReason(rule, words.language) : key
  }
  const addRule = () => {
    // A version 7 id begins with its time: its end is what differs.
    const key = `rule-${app.work.newId().slice(-12)}`
    const rule: Rule = {
      key,
      subject: 'resident',
      level: scheme.levels[0]?.key ?? 'red',
      when: { all: [firstLeaf('resident')] },
      words: '',
      wordsEn: '',
    }
    onChange([rule, ...rules])
    setOpen(key)
  }
  const faultsOfRule = (key: string) => [
    ...new Set(faults.flatMap((one) => (one.rule === key ? [own.fault[one.fault]] : []))),
  ]
  const hintsOfRule = (key: string) =>
    findings.flatMap(({ rule, finding, by }) =>
      rule === key ? [own.finding[finding](by.map(reasonOfRule).join('、'))] : [],
    )
  return (
    <section class={styles.part}>
      <h2>{own.rules}</h2>
      {findings.length > 0 && <Notice>{own.findings(findings.length)}</Notice>}
      <Button icon="plus" wide onClick={addRule}>
        {own.addRule}
      </Button>
      <ul class={styles.plain}>
        {rules.map((rule) => (
          <RuleCard
            key={rule.key}
            rule={rule}
            scheme={scheme}
            isOpen={open === rule.key}
            problems={faultsOfRule(rule.key)}
            hints={hintsOfRule(rule.key)}
            onOpen={() => setOpen(open === rule.key ? null : rule.key)}
            onChange={(changed) =>
              onChange(rules.map((one) => (one.key === changed.key ? changed : one)))
            }
            onRemove={() => onChange(rules.filter(({ key }) => key !== rule.key))}
          />
        ))}
      </ul>
    </section>
  )
}

/** Somebody saved a version since this draft began. */
function Behind(props: {
  readonly newest: Scheme
  readonly scheme: Scheme
  readonly onKeep: () => void
}) {
  const own = useSchemeWords()
  return (
    <Notice tone="alarm">
      <p>{own.movedOn(props.newest.schemeVersion)}</p>
      <details>
        <summary class={styles.summary}>{own.changes}</summary>
        <Changes before={props.newest} after={props.scheme} />
      </details>
      <Button onClick={props.onKeep}>{own.keepMine}</Button>
    </Notice>
  )
}

/** Throws the draft away, asked once more. */
function Discard(props: { readonly onDiscard: () => void }) {
  const words = useWords()
  const own = useSchemeWords()
  const [isAsking, setAsking] = useState(false)
  if (!isAsking) {
    return (
      <Button look="quiet" onClick={() => setAsking(true)}>
        {own.discard}
      </Button>
    )
  }
  return (
    <Notice tone="alarm">
      <p>{own.discardAsk}</p>
      <div class={styles.acts}>
        <Button look="danger" onClick={props.onDiscard}>
          {own.discard}
        </Button>
        <Button onClick={() => setAsking(false)}>{words.shell.cancel}</Button>
      </div>
    </Notice>
  )
}

/** What a save changes, before it is saved. */
function SaveSheet(props: {
  readonly newest: Scheme
  readonly scheme: Scheme
  readonly isPreviewed: boolean
  readonly saving: Saving
  readonly onSave: () => void
  readonly onClose: () => void
}) {
  const words = useWords()
  const own = useSchemeWords()
  const { saving } = props
  return (
    <Sheet title={own.saveTitle} closeLabel={words.shell.cancel} onClose={props.onClose}>
      <div class={styles.page}>
        <p>{own.saveHint}</p>
        {!props.isPreviewed && <Notice tone="alarm">{own.notPreviewed}</Notice>}
        <h3>{own.changes}</h3>
        <Changes before={props.newest} after={props.scheme} />
        {saving.problem && <Notice tone="alarm">{words.problems[saving.problem]}</Notice>}
        <Button look="primary" wide busy={saving.busy} onClick={props.onSave}>
          {own.save}
        </Button>
      </div>
    </Sheet>
  )
}
