import { useLocation } from 'preact-iso'
import { useState } from 'preact/hooks'
import { useParts } from '#app/acts/use-parts.ts'
import { fundPages } from '#app/links/funds.ts'
import { topicsPages } from '#app/links/topics.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatDay } from '#app/ui/format.ts'
import { FormPage } from '#app/ui/forms/FormPage.tsx'
import { useDraft } from '#app/ui/forms/use-draft.ts'
import { useSave } from '#app/ui/forms/use-save.ts'
import { SelectField, TextAreaField, TextField } from '#app/ui/kit/Field.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { useBack } from '#app/ui/Page.tsx'
import { Gone } from '#app/ui/pieces/Gone.tsx'
import type { PageProps } from '#app/ui/route.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import {
  draftOfFund,
  placesOfFunds,
  streamOfDraft,
  whereOf,
  type FundDraft,
} from '#app/views/funds.ts'
import { topicBehind, type TopicBehind } from '#app/views/fund-of-topic.ts'
import type { Rec } from '#app/views/records.ts'
import { useFundWords } from './fund-words.ts'
import { useFund } from './use-fund.ts'

/** What a fund is for and whose it is; what was paid stands in its entries. A new one may come of a topic. */
export function FundForm(props: PageProps) {
  const app = useParts('register')
  const own = useFundWords()
  const id = props.params['fund']
  const { topic = '' } = useLocation().query
  const { view, mayKeep } = useFund(id)
  const behind = useRegister(
    app,
    (register) => (id || !topic ? null : topicBehind(register, topic)),
    [id, topic],
  )
  if (id && (!view || !mayKeep)) return <Gone title={own.gone} back={fundPages.funds()} />
  return <Form key={id ?? behind?.id ?? 'new'} fund={view?.fund} behind={behind} />
}

/** Long: one field after the other. */
function Form(props: {
  readonly fund: Rec<'fund'> | undefined
  readonly behind: TopicBehind | null
}) {
  const app = useParts('register', 'session', 'today', 'work')
  const own = useFundWords()
  const words = useWords()
  const { fund, behind } = props
  const day = useStore(app.today, (store) => store.day)
  const role = useStore(app.session, (session) => session.account?.role)
  const places = useRegister(app, (register) => (role ? placesOfFunds(register, role) : []), [role])
  const counted = behind?.counted
  const draft = useDraft<FundDraft>(`fund/${fund?.id ?? behind?.id ?? 'new'}`, () =>
    draftOfFund(fund, places[0]?.id ?? '', {
      ...behind?.start,
      ...(counted && {
        agreed: own.agreedByTopic(formatDay(words, counted.on, day), counted.tally),
      }),
    }),
  )
  const { value } = draft
  const buildings = useRegister(app, (register) => register.buildings())
  const house = buildings.find(({ id }) => id === value.building)
  const suggested = useRegister(app, (register) => whereOf(register, value), [
    value.place,
    value.building,
    value.unit,
  ])
  const [asked, setAsked] = useState(false)
  const saving = useSave()
  const { route } = useLocation()
  const back = fund
    ? fundPages.fund(fund.id)
    : behind
      ? topicsPages.topic(behind.id)
      : fundPages.funds()
  const goBack = useBack(back)
  const where = value.where.trim() || suggested
  const faults = [value.name.trim() === '', where === '', !fund && value.place === ''].filter(
    Boolean,
  )
  const set = (part: Partial<FundDraft>) => draft.set((before) => ({ ...before, ...part }))
  const save = () => {
    setAsked(true)
    if (faults.length > 0) return
    const said = {
      ...{ name: value.name.trim(), where },
      ...{ what: value.what.trim() || null, agreed: value.agreed.trim() || null },
    }
    const stream = streamOfDraft(app.register, value)
    const record = fund?.id ?? app.work.newId(stream)
    const of = { building: value.building || null, unit: value.unit || null }
    const intent = fund
      ? ({ op: 'patch', kind: 'fund', record, fields: said, shown: fund } as const)
      : ({
          ...({ op: 'create', kind: 'fund', record, stream } as const),
          fields: { ...said, ...of, openedOn: day, ...(behind && { topic: behind.id }) },
        } as const)
    const leave = () => {
      draft.done()
      // A new one is looked at next: what was paid is entered there.
      if (fund) goBack()
      else route(fundPages.fund(record), true)
    }
    // An account is closed and never taken away.
    saving.run([intent], leave, { isFinal: !fund })
  }
  const need = (isMissing: boolean) =>
    asked && isMissing ? words.fieldProblem({ field: '', problem: 'required' }) : undefined
  const units = house?.fields.units ?? 0
  return (
    <FormPage
      title={fund ? own.edit : own.add}
      back={back}
      saveLabel={fund ? own.save : own.saveNew}
      saving={saving}
      errors={asked ? faults.length : 0}
      draft={draft}
      onSave={save}
    >
      <Notice>{own.noMoney}</Notice>
      <TextField
        label={own.name}
        hint={own.nameHint}
        required={words.shell.required}
        maxLength={40}
        value={value.name}
        onInput={(name) => set({ name })}
        error={need(value.name.trim() === '')}
      />
      {!fund && (
        <SelectField
          label={own.building}
          value={value.building}
          emptyLabel={own.noBuilding}
          options={buildings.map(({ id, fields }) => ({
            value: id,
            label: [fields.estate, fields.name].filter(Boolean).join(' '),
          }))}
          onInput={(building) => set({ building, unit: '', where: '' })}
        />
      )}
      {!fund && house && units > 1 && (
        <SelectField
          label={own.unit}
          value={value.unit}
          emptyLabel={own.allUnits}
          options={Array.from({ length: units }, (_, at) => ({
            value: String(at + 1),
            label: own.unitName(at + 1),
          }))}
          onInput={(unit) => set({ unit, where: '' })}
        />
      )}
      {!fund && !house && places.length > 1 && (
        <SelectField
          label={own.place}
          value={value.place}
          options={places.map(({ id, fields }) => ({ value: id, label: fields.name }))}
          onInput={(place) => set({ place, where: '' })}
        />
      )}
      <TextField
        label={own.where}
        hint={own.whereHint}
        required={words.shell.required}
        maxLength={60}
        value={value.where || suggested}
        onInput={(typed) => set({ where: typed })}
        error={need(where === '')}
      />
      <TextAreaField
        label={own.agreed}
        hint={own.agreedHint}
        maxLength={200}
        value={value.agreed}
        onInput={(agreed) => set({ agreed })}
      />
      <TextAreaField
        label={own.what}
        maxLength={400}
        value={value.what}
        onInput={(what) => set({ what })}
      />
    </FormPage>
  )
}
