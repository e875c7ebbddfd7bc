import { useState } from 'preact/hooks'
import { complaintTopics } from '#domain/complaint.ts'
import { mayAnswer } from '#domain/permission.ts'
import type { Rec } from '#app/views/records.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { useSave } from '#app/ui/forms/use-save.ts'
import { formatDay, formatMoment } from '#app/ui/format.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { ChoiceField, TextAreaField } from '#app/ui/kit/Field.tsx'
import { Empty, Notice } from '#app/ui/kit/Notice.tsx'
import { Line, Lines, Part, Parts, Soft, SoftText } from '#app/ui/kit/Part.tsx'
import { Page } from '#app/ui/Page.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { useProtectionWords } from '#app/ui/words/protection-words.ts'
import { firstPages } from '#app/links/first.ts'

type Topic = (typeof complaintTopics)[number]

/** 投诉建议: everybody writes, with or without a signal; the office answers; all of the grid read both. */
export function Complaints() {
  const app = useParts('register')
  const own = useProtectionWords()
  const complaints = useRegister(app, (register) =>
    [...register.all('complaint')].sort((a, b) => (a.fields.at < b.fields.at ? 1 : -1)),
  )
  return (
    <Page width="form" title={own.complaint} back={firstPages.me()}>
      <Parts>
        <Soft>{own.complaintHint}</Soft>
        <Write />
        <Part>
          <h2>{own.complaints}</h2>
          {complaints.length === 0 && <Empty title={own.noComplaints} />}
          <Lines>
            {complaints.map((complaint) => (
              <Line key={complaint.id}>
                <One complaint={complaint} />
              </Line>
            ))}
          </Lines>
        </Part>
      </Parts>
    </Page>
  )
}

function Write() {
  const app = useParts('register', 'work', 'now')
  const words = useWords()
  const own = useProtectionWords()
  // The grid that one looks after; whoever has several: the first, as the office sees all of them.
  const stream = useRegister(
    app,
    (register) => register.grids()[0]?.id ?? [...register.all('place')][0]?.id,
  )
  const [topic, setTopic] = useState<Topic>('app')
  const [text, setText] = useState('')
  const [asked, setAsked] = useState(false)
  const saving = useSave()
  const isMissing = text.trim() === ''
  const save = () => {
    setAsked(true)
    if (isMissing || stream === undefined) return
    const fields = { topic, words: text.trim(), at: new Date(app.now()).toISOString() }
    saving.run(
      [{ op: 'create', kind: 'complaint', record: app.work.newId(stream), stream, fields }],
      () => {
        setText('')
        setAsked(false)
      },
    )
  }
  return (
    <Part>
      <ChoiceField
        label={own.topicLabel}
        value={topic}
        options={complaintTopics.map((value) => ({ value, label: own.topic[value] }))}
        onInput={(value) => setTopic(complaintTopics.find((one) => one === value) ?? 'other')}
      />
      <TextAreaField
        label={own.words}
        maxLength={1_000}
        value={text}
        onInput={setText}
        error={asked && isMissing ? own.wordsMissing : undefined}
      />
      {saving.problem && <Notice tone="alarm">{words.problems[saving.problem]}</Notice>}
      <Button look="primary" wide busy={saving.busy} onClick={save}>
        {own.send}
      </Button>
    </Part>
  )
}

function One(props: { readonly complaint: Rec<'complaint'> }) {
  const app = useParts('session', 'today')
  const words = useWords()
  const own = useProtectionWords()
  const today = useStore(app.today, (store) => store.day)
  const role = useStore(app.session, (session) => session.account?.role)
  const { id, fields } = props.complaint
  const [answer, setAnswer] = useState<string | null>(null)
  const saving = useSave()
  const isOffice = role !== undefined && mayAnswer(role)
  const save = () => {
    if (!answer?.trim()) return
    const changed = { answer: answer.trim(), answeredOn: today }
    saving.run([{ op: 'patch', kind: 'complaint', record: id, fields: changed }], () =>
      setAnswer(null),
    )
  }
  return (
    <>
      <SoftText>
        {own.topic[fields.topic]} · {formatMoment(words, fields.at, today)}
      </SoftText>
      <span>{fields.words}</span>
      {fields.answer ? (
        <strong>
          {own.answer}
          {fields.answeredOn && ` ${formatDay(words, fields.answeredOn, today)}`}: {fields.answer}
        </strong>
      ) : (
        <SoftText>{own.waiting}</SoftText>
      )}
      {isOffice && answer === null && (
        <Button onClick={() => setAnswer(fields.answer ?? '')}>{own.answerShort}</Button>
      )}
      {answer !== null && (
        <>
          <TextAreaField label={own.answer} maxLength={1_000} value={answer} onInput={setAnswer} />
          {saving.problem && <Notice tone="alarm">{words.problems[saving.problem]}</Notice>}
          <Button look="primary" busy={saving.busy} onClick={save}>
            {own.answerSave}
          </Button>
        </>
      )}
    </>
  )
}
