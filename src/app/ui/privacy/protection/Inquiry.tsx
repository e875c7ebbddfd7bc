import { useState } from 'preact/hooks'
import { addDays } from '#domain/day.ts'
import { maskName } from '#domain/mask.ts'
import {
  inquiryOutcomes,
  inquiryProblems,
  inquiryWants,
  requesters,
  type Requester,
} from '#domain/inquiry.ts'
import { ageGroupOf } from '#domain/minor.ts'
import type { Rec } from '#app/views/records.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { FormPage } from '#app/ui/forms/FormPage.tsx'
import { useDraft } from '#app/ui/forms/use-draft.ts'
import { useSave } from '#app/ui/forms/use-save.ts'
import { formatDay, formatMoment } from '#app/ui/format.ts'
import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { ChoiceField, SelectField, TextAreaField, TextField } from '#app/ui/kit/Field.tsx'
import { Part, Soft } from '#app/ui/kit/Part.tsx'
import { useBack } from '#app/ui/Page.tsx'
import { Gone } from '#app/ui/pieces/Gone.tsx'
import { usePolicy } from '#app/ui/pieces/policy-in-force.ts'
import type { PageProps } from '#app/ui/route.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { useProtectionWords } from '#app/ui/words/protection-words.ts'
import { AnswerPaperLink } from './AnswerPaper.tsx'
import { effectOf, Effects, type Effect } from './Effects.tsx'
import { walkPages } from '#app/links/walk.ts'
import { privacyPages } from '#app/links/privacy.ts'
import { firstPages } from '#app/links/first.ts'

/** A resident asks about their own data: taken at the door, without a signal as well; the office answers in time. */
export function InquiryAdd(props: PageProps) {
  const app = useParts('register')
  const words = useWords()
  const id = props.params['resident'] ?? ''
  const resident = useRegister(app, (register) => register.get('resident', id))
  if (!resident) return <Gone title={words.resident.gone} back={firstPages.today()} />
  return <AddForm key={id} resident={resident} />
}

function AddForm(props: { readonly resident: Rec<'resident'> }) {
  const app = useParts('work', 'today')
  const own = useProtectionWords()
  const today = useStore(app.today, (store) => store.day)
  const { answerDays } = usePolicy()
  const { id, stream, fields } = props.resident
  const [wants, setWants] = useState<(typeof inquiryWants)[number]>('see')
  const [requester, setRequester] = useState<Requester>(
    fields.diedOn ? 'kin' : ageGroupOf(fields, today) === 'under-14' ? 'guardian' : 'self',
  )
  const [askedBy, setAskedBy] = useState('')
  const [authority, setAuthority] = useState('')
  const [tried, setTried] = useState(false)
  const [note, setNote] = useState('')
  const saving = useSave()
  const goBack = useBack(walkPages.resident(id))
  const isOther = requester !== 'self'
  const asked = {
    requester,
    askedBy: isOther ? askedBy.trim() || null : null,
    authority: isOther ? authority.trim() || null : null,
  }
  const problems = inquiryProblems(asked, fields, today).map(({ field }) => field)
  const wrong = (field: string, text: string) =>
    tried && problems.includes(field) ? text : undefined
  const save = () => {
    setTried(true)
    if (problems.length > 0) return
    saving.run(
      [
        {
          op: 'create',
          kind: 'inquiry',
          record: app.work.newId(stream),
          stream,
          fields: {
            resident: id,
            wants,
            ...asked,
            note: note.trim() || null,
            receivedOn: today,
            due: addDays(today, answerDays),
          },
        },
      ],
      goBack,
    )
  }
  return (
    <FormPage
      title={`${own.inquiries} ${maskName(fields.name)}`}
      back={walkPages.resident(id)}
      saveLabel={own.register}
      saving={saving}
      errors={tried ? problems.length : 0}
      onSave={save}
    >
      <ChoiceField
        label={own.requesterLabel}
        value={requester}
        options={requesters.map((value) => ({ value, label: own.requester[value] }))}
        onInput={(value) => setRequester(requesters.find((one) => one === value) ?? 'self')}
        error={wrong('requester', own.notThem[requester])}
      />
      {isOther && (
        <>
          <TextField
            label={own.askedByLabel}
            maxLength={40}
            value={askedBy}
            onInput={setAskedBy}
            error={wrong('askedBy', own.askedByMissing)}
          />
          <TextField
            label={own.authorityLabel}
            hint={own.authorityHint}
            maxLength={200}
            value={authority}
            onInput={setAuthority}
            error={wrong('authority', own.authorityMissing)}
          />
        </>
      )}
      <SelectField
        label={own.wantsLabel}
        value={wants}
        options={inquiryWants.map((value) => ({ value, label: own.wants[value] }))}
        onInput={(value) => setWants(inquiryWants.find((one) => one === value) ?? 'see')}
      />
      <TextAreaField label={own.noteLabel} maxLength={500} value={note} onInput={setNote} />
    </FormPage>
  )
}

/** The office's answer, with the person's own page one tap away. */
export function InquiryAnswer(props: PageProps) {
  const app = useParts('register')
  const own = useProtectionWords()
  const id = props.params['inquiry'] ?? ''
  const inquiry = useRegister(app, (register) => register.get('inquiry', id))
  if (!inquiry) return <Gone title={own.gone} back={privacyPages.protection()} />
  return <AnswerForm key={id} inquiry={inquiry} />
}

interface Answer {
  readonly outcome: (typeof inquiryOutcomes)[number]
  readonly answer: string
}

function AnswerForm(props: { readonly inquiry: Rec<'inquiry'> }) {
  const app = useParts('register', 'today')
  const words = useWords()
  const own = useProtectionWords()
  const today = useStore(app.today, (store) => store.day)
  const { id, fields } = props.inquiry
  const [shown] = useState(props.inquiry)
  const { fileMadeAt } = fields
  const made = fileMadeAt && own.fileMade(formatMoment(words, fileMadeAt, today))
  // The file is made on a page of its own: what was written here is there afterwards.
  const draft = useDraft<Answer>(`inquiry/${id}`, () => ({
    outcome: fields.outcome ?? 'done',
    answer: fields.answer ?? (made ? own.fileAnswer : ''),
  }))
  const { outcome, answer } = draft.value
  const [asked, setAsked] = useState(false)
  const saving = useSave()
  const goBack = useBack(privacyPages.protection())
  const isMissing = answer.trim() === ''
  const resident = useRegister(app, (register) => register.get('resident', fields.resident))
  const [effect, setEffect] = useState<Effect>({})
  const save = () => {
    setAsked(true)
    if (isMissing) return
    const changed = { outcome, answer: answer.trim(), answeredOn: today }
    const isGranted = outcome !== 'refused'
    const done = isGranted && resident ? effectOf(fields.wants, resident, effect, today) : []
    const noted = { op: 'patch', kind: 'inquiry', record: id, fields: changed, shown } as const
    saving.run([noted, ...done], () => {
      draft.done()
      goBack()
    })
  }
  return (
    <FormPage
      title={own.answerTitle}
      back={privacyPages.protection()}
      saveLabel={own.answerSave}
      saving={saving}
      errors={asked && isMissing ? 1 : 0}
      draft={draft}
      onSave={save}
    >
      <Part>
        <h2>{own.wants[fields.wants]}</h2>
        {fields.requester && (
          <p>
            {own.askedBy(
              own.requester[fields.requester],
              fields.askedBy ?? '',
              fields.authority ?? '',
            )}
          </p>
        )}
        {fields.note && <p>{fields.note}</p>}
        <Soft>{own.due(formatDay(words, fields.due, today))}</Soft>
        <ButtonLink wide href={walkPages.resident(fields.resident)}>
          {own.person}
        </ButtonLink>
        {(fields.wants === 'see' || fields.wants === 'copy') && (
          <ButtonLink wide href={privacyPages.inquiryFile(id)}>
            {own.makeFile}
          </ButtonLink>
        )}
        {made && <p>{made}</p>}
        <AnswerPaperLink inquiry={props.inquiry} />
      </Part>
      {resident && outcome !== 'refused' && (
        <Effects wants={fields.wants} resident={resident} value={effect} onChange={setEffect} />
      )}
      <ChoiceField
        label={own.outcomeLabel}
        value={outcome}
        options={inquiryOutcomes.map((value) => ({ value, label: own.outcome[value] }))}
        onInput={(value) =>
          draft.set((before) => ({
            ...before,
            outcome: inquiryOutcomes.find((one) => one === value) ?? 'done',
          }))
        }
      />
      <TextAreaField
        label={own.answerText}
        maxLength={1_000}
        value={answer}
        onInput={(text) => draft.set((before) => ({ ...before, answer: text }))}
        error={asked && isMissing ? own.answerMissing : undefined}
      />
    </FormPage>
  )
}
