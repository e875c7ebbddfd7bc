import { useState } from 'preact/hooks'
import { emptyPlaceholders, unknownPlaceholders } from '#domain/notice.ts'
import { sessionDaysOf } from '#domain/policy-in-force.ts'
import type { Policy } from '#domain/policy.ts'
import { fieldsThatMayBeOff } from '#domain/purpose.ts'
import { daysKept } from '#domain/retention.ts'
import { maySavePolicy } from '#domain/permission.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { FormPage } from '#app/ui/forms/FormPage.tsx'
import { useSave } from '#app/ui/forms/use-save.ts'
import { SwitchField, TextAreaField, TextField } from '#app/ui/kit/Field.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Page, useBack } from '#app/ui/Page.tsx'
import { usePolicy } from '#app/ui/pieces/policy-in-force.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { useProtectionWords } from '#app/ui/words/protection-words.ts'
import styles from './Protection.module.css'
import { privacyPages } from '#app/links/privacy.ts'

const ranges = {
  keepGoneDays: [30, 3_650],
  keepVisitsDays: [180, 3_650],
  keepAskersDays: [30, 3_650],
  keepRequestsDays: [90, 3_650],
  answerDays: [1, 60],
  sessionDays: [1, 365],
} as const
type Days = keyof typeof ranges

/** The administrator's form: a whole new version, saved once. */
export function PolicyEdit() {
  const own = useProtectionWords()
  const role = useStore(useParts('session').session, (session) => session.account?.role)
  const policy = usePolicy()
  if (!role || !maySavePolicy(role)) {
    return (
      <Page width="form" title={own.edit} back={privacyPages.protection()}>
        <Notice>{own.onlyAdmin}</Notice>
      </Page>
    )
  }
  return <Form key={policy.policyVersion} policy={policy} />
}

function Form(props: { readonly policy: Policy }) {
  const app = useParts('register', 'work', 'today')
  const words = useWords()
  const own = useProtectionWords()
  const { policy } = props
  const today = useStore(app.today, (store) => store.day)
  const root = useRegister(app, (register) =>
    [...register.all('place')].find(({ fields }) => !fields.parent),
  )
  const [values, setValues] = useState<Policy>(policy)
  const [days, setDays] = useState({
    keepGoneDays: String(policy.keepGoneDays),
    keepVisitsDays: String(policy.keepVisitsDays),
    keepAskersDays: String(daysKept(policy, 'asker')),
    keepRequestsDays: String(daysKept(policy, 'request')),
    answerDays: String(policy.answerDays),
    sessionDays: String(sessionDaysOf([policy])),
  })
  const [asked, setAsked] = useState(false)
  const saving = useSave()
  const goBack = useBack(privacyPages.protection())
  const set = (more: Partial<Policy>) => setValues((before) => ({ ...before, ...more }))
  const isDays = (name: Days) => {
    const [low, high] = ranges[name]
    return /^\d+$/.test(days[name]) && Number(days[name]) >= low && Number(days[name]) <= high
  }
  const names = Object.keys(ranges) as Days[]
  const unfilled = emptyPlaceholders(values)
  const texts = [values.noticeText, values.noticeTextEn]
  const wrongTexts = texts.filter(
    (text) => text.trim() === '' || unknownPlaceholders(text).length > 0,
  )
  const errors = names.filter((name) => !isDays(name)).length + wrongTexts.length + unfilled.length
  const isNewText =
    values.noticeText !== policy.noticeText || values.noticeTextEn !== policy.noticeTextEn
  const save = () => {
    setAsked(true)
    if (errors > 0 || !root) return
    const fields: Policy = {
      ...values,
      policyVersion: policy.policyVersion + 1,
      noticeVersion: policy.noticeVersion + (isNewText ? 1 : 0),
      keepGoneDays: Number(days.keepGoneDays),
      keepVisitsDays: Number(days.keepVisitsDays),
      keepAskersDays: Number(days.keepAskersDays),
      keepRequestsDays: Number(days.keepRequestsDays),
      answerDays: Number(days.answerDays),
      sessionDays: Number(days.sessionDays),
      filingNumber: values.filingNumber?.trim() ? values.filingNumber.trim() : null,
      owner: values.owner?.trim() ? values.owner.trim() : null,
      office: values.office?.trim() ? values.office.trim() : null,
      officeContact: values.officeContact?.trim() ? values.officeContact.trim() : null,
      from: today,
    }
    saving.run(
      [{ op: 'create', kind: 'policy', record: app.work.newId(root.id), stream: root.id, fields }],
      goBack,
    )
  }
  const dayField = (name: Days, label: string) => (
    <TextField
      label={label}
      inputMode="numeric"
      maxLength={4}
      value={days[name]}
      onInput={(value) => setDays((before) => ({ ...before, [name]: value }))}
      error={asked && !isDays(name) ? own.range(ranges[name][0], ranges[name][1]) : undefined}
    />
  )
  const wrongText = (text: string) => {
    if (!asked) return undefined
    if (text.trim() === '') return words.fieldProblem({ field: '', problem: 'required' })
    const unknown = unknownPlaceholders(text)
    return unknown.length > 0 ? own.unknownBraces(unknown.join(' ')) : undefined
  }
  const nameField = (name: 'owner' | 'office' | 'officeContact', hint?: string) => (
    <TextField
      label={own[name]}
      {...(hint ? { hint } : {})}
      maxLength={80}
      value={values[name] ?? ''}
      onInput={(value) => set({ [name]: value })}
      error={asked && unfilled.includes(name) ? own.emptyBraces : undefined}
    />
  )
  return (
    <FormPage
      title={own.edit}
      back={privacyPages.protection()}
      saveLabel={own.save}
      saving={saving}
      errors={asked ? errors : 0}
      restored={false}
      onClear={() => setValues(policy)}
      onSave={save}
    >
      {dayField('keepGoneDays', own.keepGoneLabel)}
      {dayField('keepVisitsDays', own.keepVisitsLabel)}
      {dayField('keepAskersDays', own.keepAskersLabel)}
      {dayField('keepRequestsDays', own.keepRequestsLabel)}
      {dayField('answerDays', own.answerLabel)}
      {dayField('sessionDays', own.sessionLabel)}
      <SwitchField
        label={own.guardian}
        checked={values.guardianRequired}
        onInput={(guardianRequired) => set({ guardianRequired })}
      />
      <SwitchField
        label={own.secondFactor}
        hint={own.secondFactorHint}
        checked={values.secondFactorRequired === true}
        onInput={(secondFactorRequired) => set({ secondFactorRequired })}
      />
      {nameField('owner', own.ownerHint)}
      {nameField('office')}
      {nameField('officeContact')}
      <TextField
        label={own.filing}
        maxLength={80}
        value={values.filingNumber ?? ''}
        onInput={(filingNumber) => set({ filingNumber })}
      />
      {isNewText && <Notice>{own.noticeAsk}</Notice>}
      <TextAreaField
        label={own.notice}
        maxLength={4_000}
        value={values.noticeText}
        onInput={(noticeText) => set({ noticeText })}
        hint={own.braces}
        error={wrongText(values.noticeText)}
      />
      <TextAreaField
        label={own.noticeEn}
        maxLength={8_000}
        value={values.noticeTextEn}
        onInput={(noticeTextEn) => set({ noticeTextEn })}
        error={wrongText(values.noticeTextEn)}
      />
      <section class={styles.part}>
        <h2>{own.catalogue}</h2>
        <p class={styles.soft}>{own.catalogueHint}</p>
        {fieldsThatMayBeOff.map((field) => (
          <SwitchField
            key={field}
            label={`${words.facts.field[field] ?? field}`}
            checked={!values.off.includes(field)}
            onInput={(isOn) =>
              set({
                off: isOn
                  ? values.off.filter((one) => one !== field)
                  : [...values.off, field].sort(),
              })
            }
          />
        ))}
      </section>
    </FormPage>
  )
}
