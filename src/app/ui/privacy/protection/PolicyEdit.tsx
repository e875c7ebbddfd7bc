import { useState } from 'preact/hooks'
import { emptyPlaceholders } from '#domain/notice.ts'
import type { Policy } from '#domain/policy.ts'
import { fieldsThatMayBeOff } from '#domain/purpose.ts'
import { maySavePolicy } from '#domain/permission.ts'
import {
  countFaults,
  daysNames,
  daysRanges,
  draftOfPolicy,
  isDaysRight,
  isNoticeNew,
  nextPolicy,
  textFault,
  type DaysName,
  type PolicyDraft,
} from '#app/views/policy-draft.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { FormPage } from '#app/ui/forms/FormPage.tsx'
import { useSave } from '#app/ui/forms/use-save.ts'
import { SwitchField, TextAreaField, TextField } from '#app/ui/kit/Field.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Part, Soft } from '#app/ui/kit/Part.tsx'
import { Page, useBack } from '#app/ui/Page.tsx'
import { usePolicy } from '#app/ui/pieces/policy-in-force.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { useProtectionWords } from '#app/ui/words/protection-words.ts'
import { privacyPages } from '#app/links/privacy.ts'

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
  const own = useProtectionWords()
  const { policy } = props
  const today = useStore(app.today, (store) => store.day)
  const root = useRegister(app, (register) =>
    [...register.all('place')].find(({ fields }) => !fields.parent),
  )
  const [draft, setDraft] = useState<PolicyDraft>(() => draftOfPolicy(policy))
  const [asked, setAsked] = useState(false)
  const saving = useSave()
  const goBack = useBack(privacyPages.protection())
  const { values } = draft
  const errors = countFaults(draft)
  const set = (more: Partial<Policy>) =>
    setDraft((before) => ({ ...before, values: { ...before.values, ...more } }))
  const save = () => {
    setAsked(true)
    if (errors > 0 || !root) return
    const fields = nextPolicy(policy, draft, today)
    saving.run(
      [{ op: 'create', kind: 'policy', record: app.work.newId(root.id), stream: root.id, fields }],
      goBack,
    )
  }
  return (
    <FormPage
      title={own.edit}
      back={privacyPages.protection()}
      saveLabel={own.save}
      saving={saving}
      errors={asked ? errors : 0}
      onSave={save}
    >
      <DaysFields
        days={draft.days}
        asked={asked}
        onInput={(name, typed) =>
          setDraft((before) => ({ ...before, days: { ...before.days, [name]: typed } }))
        }
      />
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
      <SwitchField
        label={own.gates}
        hint={own.gatesHint}
        checked={values.gates === true}
        onInput={(gates) => set({ gates })}
      />
      <NoticeFields
        values={values}
        isNew={isNoticeNew(policy, draft)}
        asked={asked}
        onChange={set}
      />
      <Catalogue off={values.off} onChange={(off) => set({ off })} />
    </FormPage>
  )
}

function DaysFields(props: {
  readonly days: PolicyDraft['days']
  readonly asked: boolean
  readonly onInput: (name: DaysName, typed: string) => void
}) {
  const own = useProtectionWords()
  const labels: Readonly<Record<DaysName, string>> = {
    keepGoneDays: own.keepGoneLabel,
    keepVisitsDays: own.keepVisitsLabel,
    keepAskersDays: own.keepAskersLabel,
    keepRequestsDays: own.keepRequestsLabel,
    keepDeclarationsDays: own.keepDeclarationsLabel,
    keepVoicesDays: own.keepVoicesLabel,
    keepFundsDays: own.keepFundsLabel,
    keepTopicsDays: own.keepTopicsLabel,
    keepVehiclesDays: own.keepVehiclesLabel,
    answerDays: own.answerLabel,
    sessionDays: own.sessionLabel,
  }
  const isWrong = (name: DaysName) => props.asked && !isDaysRight(name, props.days[name])
  return (
    <>
      {daysNames.map((name) => (
        <TextField
          key={name}
          label={labels[name]}
          inputMode="numeric"
          maxLength={4}
          value={props.days[name]}
          onInput={(typed) => props.onInput(name, typed)}
          error={isWrong(name) ? own.range(daysRanges[name][0], daysRanges[name][1]) : undefined}
        />
      ))}
    </>
  )
}

/** Who answers for the data, and the notice that names them. */
function NoticeFields(props: {
  readonly values: Policy
  readonly isNew: boolean
  readonly asked: boolean
  readonly onChange: (more: Partial<Policy>) => void
}) {
  const words = useWords()
  const own = useProtectionWords()
  const { values, asked, onChange } = props
  const unfilled = emptyPlaceholders(values)
  const wrongText = (text: string) => {
    const fault = asked ? textFault(text) : null
    if (fault === null) return undefined
    if (fault === 'required') return words.fieldProblem({ field: '', problem: fault })
    return own.unknownBraces(fault.join(' '))
  }
  const nameField = (name: 'owner' | 'office' | 'officeContact', hint?: string) => (
    <TextField
      label={own[name]}
      {...(hint ? { hint } : {})}
      maxLength={80}
      value={values[name] ?? ''}
      onInput={(value) => onChange({ [name]: value })}
      error={asked && unfilled.includes(name) ? own.emptyBraces : undefined}
    />
  )
  return (
    <>
      {nameField('owner', own.ownerHint)}
      {nameField('office')}
      {nameField('officeContact')}
      <TextField
        label={own.filing}
        maxLength={80}
        value={values.filingNumber ?? ''}
        onInput={(filingNumber) => onChange({ filingNumber })}
      />
      {props.isNew && <Notice>{own.noticeAsk}</Notice>}
      <TextAreaField
        label={own.notice}
        maxLength={4_000}
        value={values.noticeText}
        onInput={(noticeText) => onChange({ noticeText })}
        hint={own.braces}
        error={wrongText(values.noticeText)}
      />
      <TextAreaField
        label={own.noticeEn}
        maxLength={8_000}
        value={values.noticeTextEn}
        onInput={(noticeTextEn) => onChange({ noticeTextEn })}
        error={wrongText(values.noticeTextEn)}
      />
    </>
  )
}

/** Which of the fields that may be left out the office asks for. */
function Catalogue(props: {
  readonly off: Policy['off']
  readonly onChange: (off: Policy['off']) => void
}) {
  const words = useWords()
  const own = useProtectionWords()
  const { off, onChange } = props
  return (
    <Part>
      <h2>{own.catalogue}</h2>
      <Soft>{own.catalogueHint}</Soft>
      {fieldsThatMayBeOff.map((field) => (
        <SwitchField
          key={field}
          label={words.facts.field[field] ?? field}
          checked={!off.includes(field)}
          onInput={(isOn) =>
            onChange(isOn ? off.filter((one) => one !== field) : [...off, field].sort())
          }
        />
      ))}
    </Part>
  )
}
