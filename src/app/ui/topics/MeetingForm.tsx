import { useLocation } from 'preact-iso'
import { useState } from 'preact/hooks'
import { mayKeepTopics } from '#domain/permission-of-places.ts'
import { meetingKinds, type MeetingKind } from '#domain/topics/meeting.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { topicsPages } from '#app/links/topics.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatDay, formatNames } from '#app/ui/format.ts'
import { FormPage } from '#app/ui/forms/FormPage.tsx'
import { useDraft } from '#app/ui/forms/use-draft.ts'
import { useSave } from '#app/ui/forms/use-save.ts'
import { DateTyped } from '#app/ui/kit/DateTyped.tsx'
import { ChoiceField, SelectField, TextAreaField, TextField } from '#app/ui/kit/Field.tsx'
import { Fact, FactGrid } from '#app/ui/kit/FactGrid.tsx'
import { Empty } from '#app/ui/kit/Notice.tsx'
import { Group, Row } from '#app/ui/kit/Row.tsx'
import { Page } from '#app/ui/Page.tsx'
import type { PageProps } from '#app/ui/route.ts'
import { useTopicWords } from '#app/ui/words/topic-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import {
  draftOfMeeting,
  faultsOfMeeting,
  meetingOf,
  type MeetingDraft,
} from '#app/views/meetings.ts'
import type { Rec } from '#app/views/records.ts'
import { placesOfTopics } from '#app/views/topics.ts'
import { Matters } from './Matters.tsx'

/** One meeting: the day, who received by office, and its matters, each of which becomes something; whoever keeps none reads it. */
export function MeetingForm({ params }: PageProps) {
  const app = useParts('register', 'session')
  const own = useTopicWords()
  const id = params['meeting']
  const role = useStore(app.session, (session) => session.account?.role)
  const meeting = useRegister(app, (register) => (id ? register.get('meeting', id) : undefined))
  const isKeeper = role !== undefined && mayKeepTopics(role)
  if (meeting && !isKeeper) return <Held meeting={meeting} />
  if (id ? !meeting : !isKeeper) {
    return (
      <Page title={own.meetings} back={topicsPages.meetings()}>
        <Empty title={own.noMeetings} icon="lock" />
      </Page>
    )
  }
  return <Form key={id ?? 'new'} meeting={meeting} />
}

/** As whoever does not keep meetings reads it. */
function Held({ meeting }: { readonly meeting: Rec<'meeting'> }) {
  const app = useParts('today')
  const own = useTopicWords()
  const words = useWords()
  const day = useStore(app.today, (store) => store.day)
  const { meetingKind, on, where, receivedBy, matters } = meeting.fields
  return (
    <Page title={own.meetingKinds[meetingKind]} back={topicsPages.meetings()}>
      <Group box>
        <FactGrid>
          <Fact label={own.on} wide>
            {formatDay(words, on, day)}
          </Fact>
          <Fact label={own.receivedBy} wide>
            {formatNames(words, receivedBy)}
          </Fact>
          {where && (
            <Fact label={own.whereHeld} wide>
              {where}
            </Fact>
          )}
        </FactGrid>
      </Group>
      {matters && matters.length > 0 && (
        <Group head={own.matters}>
          {matters.map(({ id, words: said, became, record }) => (
            <Row
              key={id}
              title={said}
              under={became ? own.matterEnds[became] : ''}
              {...(became === 'topic' && record && { href: topicsPages.topic(record) })}
            />
          ))}
        </Group>
      )}
    </Page>
  )
}

function Form({ meeting }: { readonly meeting: Rec<'meeting'> | undefined }) {
  const app = useParts('register', 'today', 'work')
  const own = useTopicWords()
  const words = useWords()
  const { route } = useLocation()
  const day = useStore(app.today, (store) => store.day)
  const places = useRegister(app, placesOfTopics)
  const draft = useDraft<MeetingDraft>(`meeting/${meeting?.id ?? 'new'}`, () =>
    draftOfMeeting(meeting, places[0]?.id ?? '', day),
  )
  const [isChecked, setChecked] = useState(false)
  const saving = useSave()
  const { value } = draft
  const faults = faultsOfMeeting(value)
  const count = Object.keys(faults).length
  const set = (part: Partial<MeetingDraft>) => draft.set((before) => ({ ...before, ...part }))
  const save = () => {
    setChecked(true)
    if (count > 0 || value.place === '') return
    const record = meeting?.id ?? app.work.newId(value.place)
    const fields = meetingOf(value, meeting?.fields.matters ?? [], () => app.work.newId())
    const what = { kind: 'meeting', record, fields } as const
    const intent = meeting
      ? ({ op: 'patch', ...what } as const)
      : ({ op: 'create', ...what, stream: value.place } as const)
    saving.run([intent], () => {
      if (meeting) draft.clear()
      else draft.done()
      route(topicsPages.meeting(record), true)
    })
  }
  const error = (field: keyof typeof faults) => {
    const problem = isChecked ? faults[field] : undefined
    return problem && words.fieldProblem({ field: '', problem })
  }
  return (
    <FormPage
      title={
        meeting
          ? `${own.meetingKinds[meeting.fields.meetingKind]} ${formatDay(words, meeting.fields.on, day)}`
          : own.addMeeting
      }
      back={topicsPages.meetings()}
      saveLabel={own.saveMeeting}
      saving={saving}
      errors={isChecked ? count : 0}
      draft={draft}
      onSave={save}
    >
      {meeting && <Matters meeting={meeting} />}
      {!meeting && places.length > 1 && (
        <SelectField
          label={own.place}
          value={value.place}
          options={places.map(({ id, fields }) => ({ value: id, label: fields.name }))}
          onInput={(place) => set({ place })}
        />
      )}
      <ChoiceField
        label={own.meetingKind}
        value={value.meetingKind}
        options={meetingKinds.map((kind) => ({ value: kind, label: own.meetingKinds[kind] }))}
        onInput={(kind) => set({ meetingKind: kind as MeetingKind })}
      />
      <DateTyped
        label={own.on}
        required={words.shell.required}
        value={value.on}
        error={error('on')}
        onInput={(on) => set({ on })}
      />
      <TextAreaField
        label={own.receivedBy}
        hint={own.receivedHint}
        required={words.shell.required}
        value={value.receivedBy}
        error={error('receivedBy')}
        onInput={(receivedBy) => set({ receivedBy })}
      />
      <TextField
        label={own.where}
        maxLength={60}
        value={value.where}
        onInput={(where) => set({ where })}
      />
      <TextAreaField
        label={meeting ? own.moreMatters : own.matters}
        hint={own.mattersHint}
        value={value.matters}
        error={error('matters')}
        onInput={(matters) => set({ matters })}
      />
    </FormPage>
  )
}
