import { useState } from 'preact/hooks'
import { formatCents } from '#domain/funds/money.ts'
import { giverLabel } from '#domain/funds/giver-label.ts'
import type { FundGiver } from '#domain/funds/fund.ts'
import { noOf } from '#domain/funds/ledger.ts'
import { maskName } from '#domain/mask.ts'
import { useParts } from '#app/acts/use-parts.ts'
import type { Intent } from '#app/acts/intent.ts'
import { fundPages } from '#app/links/funds.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { FormPage } from '#app/ui/forms/FormPage.tsx'
import { useDraft } from '#app/ui/forms/use-draft.ts'
import { useSave } from '#app/ui/forms/use-save.ts'
import { DateTyped } from '#app/ui/kit/DateTyped.tsx'
import { ChoiceField, SelectField, TextField } from '#app/ui/kit/Field.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Soft } from '#app/ui/kit/Part.tsx'
import { useBack } from '#app/ui/Page.tsx'
import { Gone } from '#app/ui/pieces/Gone.tsx'
import { PhotoField } from '#app/ui/pieces/photos/PhotoField.tsx'
import { draftWithPhotos, usePhotos } from '#app/ui/pieces/photos/use-photos.ts'
import type { PageProps } from '#app/ui/route.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { doorOf } from '#app/views/door.ts'
import {
  doorsOf,
  emptyEntry,
  enteredKinds,
  entryOf,
  faultsOfEntry,
  peopleBehind,
  type EntryDraft,
  type EntryHere,
} from '#app/views/funds.ts'
import type { Line } from '#domain/funds/ledger.ts'
import type { Rec } from '#app/views/records.ts'
import { useFundWords } from './fund-words.ts'
import { useFund } from './use-fund.ts'

/** What was pledged, paid, spent or given back; also without a connection. It counts once somebody else agreed. */
export function EntryForm(props: PageProps) {
  const own = useFundWords()
  const { view, mayEnter } = useFund(props.params['fund'])
  if (!view || !mayEnter) return <Gone title={own.gone} back={fundPages.funds()} />
  return <Form key={view.fund.id} fund={view.fund} />
}

/** Long: one field after the other, each as its kind of entry asks for it. */
function Form(props: { readonly fund: Rec<'fund'> }) {
  const app = useParts('register', 'today', 'work')
  const own = useFundWords()
  const words = useWords()
  const { fund } = props
  const day = useStore(app.today, (store) => store.day)
  const form = `fund-entry/${fund.id}`
  const draft = useDraft<EntryDraft>(form, () => emptyEntry(day))
  const photos = usePhotos(form)
  const { value } = draft
  const doors = useRegister(app, (register) => doorsOf(register, fund), [fund.id])
  const people = useRegister(
    app,
    (register) => (value.door === '' ? [] : peopleBehind(register, value.door)),
    [value.door],
  )
  const [asked, setAsked] = useState(false)
  const saving = useSave()
  const back = fundPages.fund(fund.id)
  const goBack = useBack(back)
  const faults = faultsOfEntry(value, day)
  const count = Object.keys(faults).length
  const set = (part: Partial<EntryDraft>) => draft.set((before) => ({ ...before, ...part }))
  const error = (field: keyof EntryDraft) => {
    const problem = asked ? faults[field] : undefined
    if (!problem) return undefined
    return problem === 'not-money' ? own.notMoney : words.fieldProblem({ field: '', problem })
  }
  const isSpent = value.kind === 'spent'
  const door = doors.find(({ id }) => id === value.door)
  const save = () => {
    setAsked(true)
    if (count > 0) return
    const record = app.work.newId(fund.stream)
    const where = { stream: fund.stream } as const
    void photos.intents({ host: record, stream: fund.stream }).then((pictures) => {
      const vouchers = pictures.map(({ fields }) => String((fields as { sha256?: string }).sha256))
      const entry: Intent = {
        ...({ op: 'create', kind: 'fund-entry', record } as const),
        ...where,
        fields: entryOf(app.register, fund.id, value, vouchers),
      }
      const person = isSpent ? undefined : people.find(({ id }) => id === value.resident)
      const giver: Intent[] = person
        ? [
            {
              ...({ op: 'create', kind: 'fund-giver' } as const),
              ...{ record: app.work.newId(fund.stream), ...where },
              fields: {
                ...{ entry: record, resident: person.id, name: person.fields.name },
              } satisfies FundGiver,
            },
          ]
        : []
      saving.run(
        [entry, ...giver, ...pictures],
        () => {
          photos.saved(pictures)
          draft.done()
          goBack()
        },
        { isFinal: true },
      )
    })
  }
  return (
    <FormPage
      title={own.enter}
      back={back}
      saveLabel={own.saveEntry}
      saving={saving}
      errors={asked ? count : 0}
      draft={draftWithPhotos(draft, photos)}
      onSave={save}
    >
      <ChoiceField
        label={own.paper.kind}
        value={value.kind}
        options={enteredKinds.map((kind) => ({ value: kind, label: own.kinds[kind] }))}
        onInput={(kind) => set({ kind: kind as EntryDraft['kind'] })}
      />
      <Soft>{own.kindHint[value.kind]}</Soft>
      <TextField
        label={own.amount}
        inputMode="decimal"
        required={words.shell.required}
        maxLength={16}
        value={value.yuan}
        onInput={(yuan) => set({ yuan })}
        error={error('yuan')}
      />
      {isSpent ? (
        <>
          <TextField
            label={own.payee}
            hint={own.payeeHint}
            required={words.shell.required}
            maxLength={60}
            value={value.payee}
            onInput={(payee) => set({ payee })}
            error={error('payee')}
          />
          <TextField
            label={own.entryWhat}
            required={words.shell.required}
            maxLength={80}
            value={value.what}
            onInput={(what) => set({ what })}
            error={error('what')}
          />
        </>
      ) : (
        <>
          {doors.length > 0 && (
            <SelectField
              label={own.door}
              value={value.door}
              emptyLabel={own.otherDoor}
              options={doors.map(({ id }) => ({ value: id, label: doorOf(app.register, id) }))}
              onInput={(chosen) => set({ door: chosen, resident: '' })}
            />
          )}
          {door ? (
            <>
              <Soft>{own.shownAs(giverLabel(door.fields.floor))}</Soft>
              {people.length > 0 && (
                <SelectField
                  label={own.named}
                  value={value.resident}
                  emptyLabel={own.notNamed}
                  options={people.map(({ id, fields }) => ({
                    value: id,
                    label: maskName(fields.name),
                  }))}
                  onInput={(resident) => set({ resident })}
                />
              )}
            </>
          ) : (
            <TextField
              label={own.giver}
              hint={own.giverHint}
              required={words.shell.required}
              maxLength={30}
              value={value.giver}
              onInput={(giver) => set({ giver })}
              error={error('giver')}
            />
          )}
          <TextField
            label={own.entryWhatOptional}
            maxLength={80}
            value={value.what}
            onInput={(what) => set({ what })}
          />
        </>
      )}
      <DateTyped
        label={own.on}
        value={value.on}
        onInput={(on) => set({ on })}
        error={error('on')}
      />
      <PhotoField
        photos={photos}
        stream={fund.stream}
        onKeep={() => draft.set((values) => values)}
      />
      {photos.isReady && <Soft>{own.vouchersHint}</Soft>}
    </FormPage>
  )
}

/** The entry that takes another one back, whole: all that is asked is why. */
export function ReverseForm(props: PageProps) {
  const own = useFundWords()
  const { view, mayEnter } = useFund(props.params['fund'])
  const line = view?.ledger.counted.find(({ entry }) => entry.id === props.params['entry'])
  if (!view || !mayEnter || !line) return <Gone title={own.gone} back={fundPages.funds()} />
  return <Reverse key={line.entry.id} fund={view.fund} line={line} />
}

function Reverse(props: { readonly fund: Rec<'fund'>; readonly line: Line<EntryHere> }) {
  const app = useParts('today', 'work')
  const own = useFundWords()
  const words = useWords()
  const { fund, line } = props
  const { id, fields } = line.entry
  const day = useStore(app.today, (store) => store.day)
  const draft = useDraft<{ readonly why: string }>(`fund-reverse/${id}`, () => ({ why: '' }))
  const [asked, setAsked] = useState(false)
  const saving = useSave()
  const back = fundPages.entry(fund.id, id)
  const goBack = useBack(back)
  const why = draft.value.why.trim()
  const leave = () => {
    draft.done()
    goBack()
  }
  const save = () => {
    setAsked(true)
    if (why === '') return
    const intent: Intent = {
      ...({ op: 'create', kind: 'fund-entry', record: app.work.newId(fund.stream) } as const),
      stream: fund.stream,
      fields: {
        ...{ fund: fund.id, entryKind: 'corrected', cents: fields.cents, on: day },
        ...{ what: why, reverses: id },
      },
    }
    saving.run([intent], leave, { isFinal: true })
  }
  return (
    <FormPage
      title={own.reverseTitle}
      back={back}
      saveLabel={own.saveReverse}
      saving={saving}
      errors={asked && why === '' ? 1 : 0}
      draft={draft}
      onSave={save}
    >
      <Notice>{own.reverseHint(own.no(noOf(line)), own.yuan(formatCents(fields.cents)))}</Notice>
      <TextField
        label={own.reverseWhy}
        required={words.shell.required}
        maxLength={80}
        value={draft.value.why}
        onInput={(typed) => draft.set(() => ({ why: typed }))}
        error={
          asked && why === '' ? words.fieldProblem({ field: '', problem: 'required' }) : undefined
        }
      />
    </FormPage>
  )
}
