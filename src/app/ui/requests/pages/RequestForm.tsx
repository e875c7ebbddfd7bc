import { useState } from 'preact/hooks'
import { leastRole, walksGrids } from '#domain/permission.ts'
import { itemsOffered, type Item } from '#domain/requests/catalogue.ts'
import type { SiteKind } from '#domain/requests/request.ts'
import { requestLevels, type RequestLevel } from '#domain/requests/step.ts'
import { catalogueHere, officeHere } from '#app/views/request-rules.ts'
import { createNumbering } from '#app/acts/request-numbers.ts'
import type { Register } from '#app/register/register.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { FormPage } from '#app/ui/forms/FormPage.tsx'
import { useDraft } from '#app/ui/forms/use-draft.ts'
import { useSave } from '#app/ui/forms/use-save.ts'
import {
  ChoiceField,
  SelectField,
  SwitchField,
  TextAreaField,
  TextField,
} from '#app/ui/kit/Field.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { useBack } from '#app/ui/Page.tsx'
import { placeOfRecord } from '#app/views/record-place.ts'
import type { PageProps } from '#app/ui/route.ts'
import { useFormWords } from '#app/ui/forms/use-form-words.ts'
import { useMoreWords } from '#app/ui/pieces/requests/more-words.ts'
import { useProposalWords } from '#app/ui/pieces/requests/proposal-words.ts'
import { intentsOf, type Values } from '#app/acts/request-intents.ts'
import { useRequestsWords } from '#app/ui/words/requests-words.ts'
import { Taken } from './Taken.tsx'
import { useFollowCode } from './use-follow-code.ts'
import { firstPages } from '#app/links/first.ts'

/** As somebody types a number that can be dialled. */
export const telephone = /^\+?\d[\d -]{3,18}\d$/

/** A request taken at a door, at the desk or by telephone; it needs no connection. */
export function RequestForm(props: PageProps) {
  const app = useParts('session', 'register', 'work', 'now')
  const words = useFormWords()
  const own = useRequestsWords()
  const more = useMoreWords()
  const said = useProposalWords()
  const { params } = props
  const [siteKind, site] = siteFrom(params)
  const role = useStore(app.session, ({ account }) => account?.role ?? leastRole)
  const isAtDoor = walksGrids(role)
  const place = useRegister(app, (register) =>
    site && siteKind ? placeOfRecord(register, siteKind, site) : null,
  )
  const items = useRegister(app, (register) => {
    const catalogue = catalogueHere(register)
    return catalogue ? itemsOffered(catalogue, role) : []
  })
  const back = place?.href ?? firstPages.requests()
  const goBack = useBack(back)
  const draft = useDraft<Values>(`request/${site ?? 'new'}`, () => ({
    ...{ item: '', words: '', where: '', level: 'ordinary', name: '', phone: '' },
    source: site || isAtDoor ? 'door' : 'desk',
    ...{ isTold: false, isSettled: false, settled: '' },
  }))
  const [asked, setAsked] = useState(false)
  const saving = useSave()
  const code = useFollowCode()
  const [taken, setTaken] = useState<TakenRequest | null>(null)
  const { value } = draft
  const set = (more: Partial<Values>) => draft.set((before) => ({ ...before, ...more }))
  const problems = {
    words: value.words.trim() === '' && value.item === '',
    phone: value.phone.trim() !== '' && !telephone.test(value.phone.trim()),
    settled: value.isSettled && value.settled.trim() === '',
  }
  const chosen = items.find(({ id }) => id === value.item) ?? null
  const isForOffice = chosen?.isStaffOnly === true || chosen?.isAboutStaff === true
  const office = useRegister(app, (register) =>
    isForOffice ? officeHere(register, chosen?.isAboutStaff === true) : null,
  )
  const count = Object.values(problems).filter(Boolean).length
  const save = () => {
    setAsked(true)
    if (count > 0) return
    const stream = isForOffice
      ? officeHere(app.register, chosen?.isAboutStaff === true)
      : streamOf(app.register, siteKind, site)
    if (stream === null || !code) return
    // Of what stays in the office nothing says whom it is about.
    const about = isForOffice ? null : siteKind
    const at = new Date(app.now()).toISOString()
    const request = app.work.newId(stream)
    const number = createNumbering(app.register)(stream, request, at)
    const intents = intentsOf(app.work, value, {
      ...{ request, stream, number, at, item: chosen, codeHash: code.hash },
      ...{ siteKind: about, site: about && site },
    })
    const show = () => {
      draft.done()
      const words = value.words.trim() || null
      setTaken({ number, at, words, itemName: chosen?.name ?? null })
    }
    saving.run(intents, show, { isFinal: true })
  }
  if (taken && code) {
    return <Taken request={taken} code={code.code} back={back} onDone={goBack} />
  }
  return (
    <FormPage
      title={own.take}
      back={back}
      saveLabel={own.submit}
      saving={saving}
      errors={asked ? count : 0}
      restored={draft.restored}
      disabled={code === null}
      onClear={draft.clear}
      onSave={save}
    >
      <Notice>{own.danger}</Notice>
      {place?.where && (
        <p>
          {own.about} <strong>{place.where}</strong>
        </p>
      )}
      {items.length > 0 && (
        <SelectField
          label={own.kind}
          value={value.item}
          emptyLabel=""
          options={items.map((item) => ({
            value: item.id,
            label: words.language === 'en' ? item.nameEn : item.name,
          }))}
          onInput={(item) => set({ item, level: levelOf(items, item) ?? value.level })}
        />
      )}
      {chosen?.insteadWords && (
        <Notice>
          {said.instead}
          {(words.language === 'en' && chosen.insteadWordsEn) || chosen.insteadWords}
        </Notice>
      )}
      {isForOffice && (
        <Notice tone={office ? 'calm' : 'alarm'}>
          {office ? more.forOffice : more.noOwnOffice}
        </Notice>
      )}
      <TextAreaField
        label={own.what}
        hint={own.whatHint}
        maxLength={1_000}
        value={value.words}
        onInput={(text) => set({ words: text })}
        error={asked && problems.words ? own.wordsMissing : undefined}
      />
      {!place?.where && (
        <TextField
          label={own.where}
          hint={own.whereHint}
          maxLength={100}
          value={value.where}
          onInput={(where) => set({ where })}
        />
      )}
      <ChoiceField
        label={own.levelLabel}
        value={value.level}
        options={requestLevels.map((level) => ({ value: level, label: own.level[level] }))}
        onInput={(level) =>
          set({ level: requestLevels.find((one) => one === level) ?? 'ordinary' })
        }
      />
      {!isAtDoor && (
        <ChoiceField
          label={own.sourceLabel}
          value={value.source}
          options={sources.map((source) => ({ value: source, label: own.source[source] }))}
          onInput={(source) => set({ source: sources.find((one) => one === source) ?? 'desk' })}
        />
      )}
      <TextField
        label={own.name}
        maxLength={40}
        value={value.name}
        onInput={(name) => set({ name })}
      />
      <TextField
        label={own.phone}
        type="tel"
        inputMode="tel"
        maxLength={20}
        value={value.phone}
        onInput={(phone) => set({ phone })}
        error={
          asked && problems.phone
            ? words.fieldProblem({ field: 'phones', problem: 'not-a-telephone' })
            : undefined
        }
      />
      {value.phone.trim() !== '' && (
        <SwitchField
          label={own.tell}
          hint={own.tellHint}
          checked={value.isTold}
          onInput={(isTold) => set({ isTold })}
        />
      )}
      <SwitchField
        label={own.settledNow}
        checked={value.isSettled}
        onInput={(isSettled) => set({ isSettled })}
      />
      {value.isSettled && (
        <TextAreaField
          label={own.settledWords}
          maxLength={500}
          value={value.settled}
          onInput={(settled) => set({ settled })}
          error={asked && problems.settled ? own.wordsMissing : undefined}
        />
      )}
    </FormPage>
  )
}

type TakenRequest = Parameters<typeof Taken>[0]['request']

function levelOf(items: readonly Item[], id: string): RequestLevel | null {
  return items.find((item) => item.id === id)?.level ?? null
}

const sources = ['desk', 'telephone', 'door'] as const

function siteFrom(params: PageProps['params']): [SiteKind | null, string | null] {
  for (const kind of ['household', 'resident', 'dwelling', 'building'] as const) {
    const id = params[kind]
    if (id) return [kind, id]
  }
  return [null, null]
}

/** The grid of the door; of a request about no door the first grid, where the office finds it. */
function streamOf(register: Register, kind: SiteKind | null, site: string | null): string | null {
  const stream = kind && site ? register.get(kind, site)?.stream : undefined
  return stream ?? register.grids()[0]?.id ?? null
}
