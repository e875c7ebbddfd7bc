import { useMemo, useState } from 'preact/hooks'
import { findingsOf } from '#domain/scheme-check.ts'
import { changesOf, isUnchanged } from '#domain/scheme-changes.ts'
import type { Rule, Scheme } from '#domain/scheme.ts'
import { carryLimits, changesLimits } from '#domain/carry-limits.ts'
import { maySaveScheme } from '#domain/permission.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { useDraft } from '#app/ui/forms/use-draft.ts'
import { useSave } from '#app/ui/forms/use-save.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { DateField, TextField } from '#app/ui/kit/Field.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Sheet } from '#app/ui/kit/Sheet.tsx'
import { Page, useBack } from '#app/ui/Page.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { Changes } from './Changes.tsx'
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
  type SchemeDraft,
} from '#app/views/scheme-draft.ts'
import { useSchemeWords } from '#app/ui/words/scheme-words.ts'
import { coloursPages } from '#app/links/colours.ts'

/** The administrator's draft: levels, rules, calendar; what it would change; and the save that all devices follow. */
export function SchemeEdit() {
  const app = useParts('session', 'register')
  const words = useWords()
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
  return <Editor newest={newest} place={place} title={own.editTitle} words={words.language} />
}

function Editor(props: {
  readonly newest: Scheme
  readonly place: string
  readonly title: string
  readonly words: 'zh-CN' | 'en'
}) {
  const app = useParts('work', 'today')
  const words = useWords()
  const own = useSchemeWords()
  const { newest } = props
  const today = useStore(app.today, (store) => store.day)
  const goBack = useBack(coloursPages.scheme())
  const saving = useSave()
  const draft = useDraft<SchemeDraft>(schemeDraftKey, () => ({
    base: newest.schemeVersion,
    scheme: newest,
  }))
  const [open, setOpen] = useState<string | null>(null)
  const [asking, setAsking] = useState<'save' | 'discard' | null>(null)
  const [counted, setCounted] = useState<Previewed | null>(null)
  const { scheme, base } = draft.value
  const set = (part: Partial<Scheme>) =>
    draft.set((before) => ({ ...before, scheme: { ...before.scheme, ...part } }))
  const isLimitNew = changesLimits(newest, scheme)
  // A draft of yesterday makes nobody late today.
  const limitFrom = maxOf(draft.value.limitFrom ?? today, today)
  const [isDayWrong, setDayWrong] = useState(false)
  /** What is counted and saved: the draft with the limits of before. */
  const carried = useMemo(() => carryLimits(newest, scheme, limitFrom), [newest, scheme, limitFrom])
  const faults = useMemo(() => faultsOfDraft(scheme), [scheme])
  const findings = useMemo(() => (faults.length === 0 ? findingsOf(scheme) : []), [scheme, faults])
  const isSame = isUnchanged(changesOf(newest, scheme))
  const isBehind = base !== newest.schemeVersion

  const reasonOfRule = (key: string) => {
    const rule = scheme.rules.find((one) => one.key === key)
    return rule ? sampleReason(rule, props.words) : key
  }
  const setRule = (rule: Rule) =>
    set({ rules: scheme.rules.map((one) => (one.key === rule.key ? rule : one)) })
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
    set({ rules: [rule, ...scheme.rules] })
    setOpen(key)
  }
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
            onClick={() => setAsking('save')}
          >
            {own.save}
          </Button>
        </>
      }
    >
      <div class={styles.page}>
        {isBehind && (
          <Notice tone="alarm">
            <p>{own.movedOn(newest.schemeVersion)}</p>
            <details>
              <summary class={styles.summary}>{own.changes}</summary>
              <Changes before={newest} after={scheme} />
            </details>
            <Button
              onClick={() => draft.set((before) => ({ ...before, base: newest.schemeVersion }))}
            >
              {own.keepMine}
            </Button>
          </Notice>
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
        <section class={styles.part}>
          <h2>{own.rules}</h2>
          {findings.length > 0 && <Notice>{own.findings(findings.length)}</Notice>}
          <Button icon="plus" wide onClick={addRule}>
            {own.addRule}
          </Button>
          <ul class={styles.plain}>
            {scheme.rules.map((rule) => (
              <RuleCard
                key={rule.key}
                rule={rule}
                scheme={scheme}
                isOpen={open === rule.key}
                problems={[
                  ...new Set(
                    faults.flatMap((one) => (one.rule === rule.key ? [own.fault[one.fault]] : [])),
                  ),
                ]}
                hints={findings.flatMap(({ rule: key, finding, by }) =>
                  key === rule.key ? [own.finding[finding](by.map(reasonOfRule).join('、'))] : [],
                )}
                onOpen={() => setOpen(open === rule.key ? null : rule.key)}
                onChange={setRule}
                onRemove={() => set({ rules: scheme.rules.filter(({ key }) => key !== rule.key) })}
              />
            ))}
          </ul>
        </section>
        <section class={styles.part}>
          <h2>{own.calendar}</h2>
          <DaysField calendar={scheme} onChange={set} />
        </section>
        {isLimitNew && (
          <section class={styles.part}>
            <DateField
              label={own.limitFrom}
              hint={own.limitFromHint}
              error={isDayWrong ? own.limitFromWrong : undefined}
              min={today}
              value={limitFrom}
              onInput={(day) => {
                const isRight = day >= today
                setDayWrong(!isRight)
                if (isRight) draft.set((before) => ({ ...before, limitFrom: day }))
              }}
            />
          </section>
        )}
        <Preview
          scheme={carried}
          value={counted}
          disabled={faults.length > 0 || isSame}
          onCounted={setCounted}
        />
        {asking === 'discard' ? (
          <Notice tone="alarm">
            <p>{own.discardAsk}</p>
            <div class={styles.acts}>
              <Button
                look="danger"
                onClick={() => {
                  draft.done()
                  goBack()
                }}
              >
                {own.discard}
              </Button>
              <Button onClick={() => setAsking(null)}>{words.shell.cancel}</Button>
            </div>
          </Notice>
        ) : (
          <Button look="quiet" onClick={() => setAsking('discard')}>
            {own.discard}
          </Button>
        )}
      </div>
      {asking === 'save' && (
        <Sheet
          title={own.saveTitle}
          closeLabel={words.shell.cancel}
          onClose={() => setAsking(null)}
        >
          <div class={styles.page}>
            <p>{own.saveHint}</p>
            {counted?.scheme !== carried && <Notice tone="alarm">{own.notPreviewed}</Notice>}
            <h3>{own.changes}</h3>
            <Changes before={newest} after={carried} />
            {saving.problem && <Notice tone="alarm">{words.problems[saving.problem]}</Notice>}
            <Button look="primary" wide busy={saving.busy} onClick={save}>
              {own.save}
            </Button>
          </div>
        </Sheet>
      )}
    </Page>
  )
}

function maxOf(a: string, b: string): string {
  return a > b ? a : b
}
