import { useState } from 'preact/hooks'
import type { Policy } from '#domain/policy.ts'
import { fieldsThatMayBeOff } from '#domain/purpose.ts'
import { useApp, useRegister, useStore } from '#app/stores/use-store.ts'
import { FormPage } from '#app/ui/forms/FormPage.tsx'
import { useSave } from '#app/ui/forms/use-save.ts'
import { SwitchField, TextAreaField, TextField } from '#app/ui/kit/Field.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Page, useBack } from '#app/ui/Page.tsx'
import { usePolicy } from '#app/ui/pieces/policy-in-force.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { useProtectionWords } from './protection-words.ts'
import styles from './Protection.module.css'

const ranges = {
  keepGoneDays: [30, 3_650],
  keepVisitsDays: [180, 3_650],
  answerDays: [1, 60],
} as const
type Days = keyof typeof ranges

/** The administrator's form: a whole new version, saved once. */
export function PolicyEdit() {
  const own = useProtectionWords()
  const role = useStore(useApp().session, (session) => session.account?.role)
  const policy = usePolicy()
  if (role !== 'admin') {
    return (
      <Page title={own.edit} back="/protection">
        <Notice>{own.onlyAdmin}</Notice>
      </Page>
    )
  }
  return <Form key={policy.policyVersion} policy={policy} />
}

function Form(props: { readonly policy: Policy }) {
  const app = useApp()
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
    answerDays: String(policy.answerDays),
  })
  const [asked, setAsked] = useState(false)
  const saving = useSave()
  const goBack = useBack('/protection')
  const set = (more: Partial<Policy>) => setValues((before) => ({ ...before, ...more }))
  const isDays = (name: Days) => {
    const [low, high] = ranges[name]
    return /^\d+$/.test(days[name]) && Number(days[name]) >= low && Number(days[name]) <= high
  }
  const names = Object.keys(ranges) as Days[]
  const isText = values.noticeText.trim() !== '' && values.noticeTextEn.trim() !== ''
  const errors = names.filter((name) => !isDays(name)).length + (isText ? 0 : 1)
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
      answerDays: Number(days.answerDays),
      filingNumber: values.filingNumber?.trim() ? values.filingNumber.trim() : null,
      from: today,
    }
    saving.run(
      [{ op: 'create', kind: 'policy', record: app.work.newId(), stream: root.id, fields }],
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
  const missing = (text: string) =>
    asked && text.trim() === '' ? words.fieldProblem({ field: '', problem: 'required' }) : undefined
  return (
    <FormPage
      title={own.edit}
      back="/protection"
      saveLabel={own.save}
      saving={saving}
      errors={asked ? errors : 0}
      restored={false}
      onClear={() => setValues(policy)}
      onSave={save}
    >
      {dayField('keepGoneDays', own.keepGoneLabel)}
      {dayField('keepVisitsDays', own.keepVisitsLabel)}
      {dayField('answerDays', own.answerLabel)}
      <SwitchField
        label={own.guardian}
        checked={values.guardianRequired}
        onInput={(guardianRequired) => set({ guardianRequired })}
      />
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
        error={missing(values.noticeText)}
      />
      <TextAreaField
        label={own.noticeEn}
        maxLength={8_000}
        value={values.noticeTextEn}
        onInput={(noticeTextEn) => set({ noticeTextEn })}
        error={missing(values.noticeTextEn)}
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
