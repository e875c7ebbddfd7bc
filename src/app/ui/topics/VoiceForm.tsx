import { useState } from 'preact/hooks'
import { mayKeepTopics } from '#domain/permission-of-places.ts'
import { maskName } from '#domain/mask.ts'
import { isOpen } from '#domain/topics/standing.ts'
import { voiceSays, type Voice, type VoiceHow, type VoiceSays } from '#domain/topics/voice.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { topicsPages } from '#app/links/topics.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatMoment } from '#app/ui/format.ts'
import { FormPage } from '#app/ui/forms/FormPage.tsx'
import { useDraft } from '#app/ui/forms/use-draft.ts'
import { useSave } from '#app/ui/forms/use-save.ts'
import { ChoiceField, TextAreaField } from '#app/ui/kit/Field.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Soft } from '#app/ui/kit/Part.tsx'
import { Group, Row } from '#app/ui/kit/Row.tsx'
import { Page, TwoLines, useBack } from '#app/ui/Page.tsx'
import { Gone } from '#app/ui/pieces/Gone.tsx'
import { PhotoField } from '#app/ui/pieces/photos/PhotoField.tsx'
import { Photos } from '#app/ui/pieces/photos/photos-later.ts'
import { draftWithPhotos, usePhotos } from '#app/ui/pieces/photos/use-photos.ts'
import type { PageProps } from '#app/ui/route.ts'
import { useTopicWords } from '#app/ui/words/topic-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { doorOf } from '#app/views/door.ts'
import { SheetField } from './SheetField.tsx'
import { doorsHere, topicView, type DoorView, type TopicView } from '#app/views/topics.ts'

/** What one door says to a topic; and what it said before. Also without a connection. */
export function VoiceForm({ params }: PageProps) {
  const app = useParts('register', 'session')
  const own = useTopicWords()
  const { topic = '', dwelling = '' } = params
  const me = useStore(app.session, (session) => session.account?.id ?? null)
  const view = useRegister(app, (register) => topicView(register, topic), [topic])
  const door = useRegister(
    app,
    (register) =>
      (view && doorsHere(register, view, me).find((one) => one.dwelling.id === dwelling)) ?? null,
    [view, dwelling, me],
  )
  if (!view || !door) return <Gone title={own.gone} back={topicsPages.topics()} />
  const key = `${topic}/${dwelling}`
  return isOpen(view.standing) ? (
    <Form key={key} view={view} door={door} />
  ) : (
    <Page title={<DoorTitle view={view} dwelling={dwelling} />} back={topicsPages.doors(topic)}>
      <Notice>{own.closed}</Notice>
      <Earlier door={door} />
    </Page>
  )
}

function DoorTitle(props: { readonly view: TopicView; readonly dwelling: string }) {
  const app = useParts('register')
  const door = useRegister(app, (register) => doorOf(register, props.dwelling), [props.dwelling])
  return <TwoLines above={props.view.topic.fields.title} below={door} />
}

interface VoiceDraft {
  readonly says: VoiceSays | ''
  readonly how: VoiceHow
  readonly resident: string
  readonly words: string
  /** Of paper: the photograph of another door that shows this one's signature. */
  readonly sheet: string
}

function Form({ view, door }: { readonly view: TopicView; readonly door: DoorView }) {
  const app = useParts('register', 'session', 'work', 'now')
  const own = useTopicWords()
  const words = useWords()
  const { topic } = view
  const { dwelling } = door
  const role = useStore(app.session, (session) => session.account?.role)
  const isOffice = role !== undefined && mayKeepTopics(role)
  const people = useRegister(
    app,
    (register) => register.households(dwelling.id).flatMap(({ id }) => register.residents(id)),
    [dwelling.id],
  )
  const form = `voice/${topic.id}/${dwelling.id}`
  const photos = usePhotos(form)
  const draft = useDraft<VoiceDraft>(form, () => ({
    ...{ says: '', how: 'door', resident: '', words: '', sheet: '' },
  }))
  const [isChecked, setChecked] = useState(false)
  const saving = useSave()
  const goBack = useBack(topicsPages.doors(topic.id))
  const { value } = draft
  const set = (part: Partial<VoiceDraft>) => draft.set((before) => ({ ...before, ...part }))
  // Nobody is not met at a meeting or on paper.
  const choices = voiceSays.filter((says) => value.how === 'door' || says !== 'not-met')
  const isMissing = value.says === '' || !choices.includes(value.says)
  const save = () => {
    setChecked(true)
    if (value.says === '' || isMissing) return
    const isMet = value.says !== 'not-met'
    const sheet = value.how === 'paper' && isMet ? value.sheet : ''
    const fields: Voice = {
      ...{ topic: topic.id, dwelling: dwelling.id, says: value.says, how: value.how },
      resident: isMet && value.resident ? value.resident : null,
      words: value.words.trim() || null,
      at: new Date(app.now()).toISOString(),
      ...(sheet && { sheet }),
    }
    const { stream } = dwelling
    const record = app.work.newId(stream)
    // Of nobody there is neither a signature nor a sheet.
    const pictures = isMet ? photos.intents({ host: record, stream }) : Promise.resolve([])
    void pictures.then((taken) =>
      saving.run(
        [{ op: 'create', kind: 'voice', record, stream, fields }, ...taken],
        () => {
          photos.saved(taken)
          draft.done()
          goBack()
        },
        { isFinal: true },
      ),
    )
  }
  return (
    <FormPage
      title={doorOf(app.register, dwelling.id)}
      back={topicsPages.doors(topic.id)}
      saveLabel={own.voiceSave}
      saving={saving}
      errors={isChecked && isMissing ? 1 : 0}
      draft={draftWithPhotos(draft, photos)}
      onSave={save}
    >
      <Notice>{topic.fields.title}</Notice>
      {isOffice && <How how={value.how} onInput={(how) => set({ how })} />}
      <ChoiceField
        label={own.voice}
        required={words.shell.required}
        value={value.says}
        options={choices.map((says) => ({ value: says, label: own.says[says] }))}
        hint={own.voiceHint}
        error={
          isChecked && isMissing
            ? words.fieldProblem({ field: '', problem: 'required' })
            : undefined
        }
        onInput={(says) => set({ says: says as VoiceSays })}
      />
      {people.length > 0 && value.says !== 'not-met' && (
        <ChoiceField
          label={own.who}
          value={value.resident}
          options={[
            { value: '', label: own.nobody },
            ...people.map(({ id, fields }) => ({ value: id, label: maskName(fields.name) })),
          ]}
          onInput={(resident) => set({ resident })}
        />
      )}
      <TextAreaField
        label={own.voiceWords}
        maxLength={500}
        value={value.words}
        onInput={(text) => set({ words: text })}
      />
      {value.says !== 'not-met' && (
        <Proof
          topic={topic.id}
          dwelling={dwelling}
          photos={photos}
          value={value}
          onChoose={(sheet) => set({ sheet })}
          onKeep={() => draft.set((values) => values)}
        />
      )}
      <Earlier door={door} />
    </FormPage>
  )
}

/** Where it was said: an office enters meetings and sheets too. */
function How(props: { readonly how: VoiceHow; readonly onInput: (how: VoiceHow) => void }) {
  const own = useTopicWords()
  return (
    <ChoiceField
      label={own.how}
      value={props.how}
      options={(['door', 'meeting', 'paper'] as const).map((how) => ({
        value: how,
        label: own.hows[how],
      }))}
      {...(props.how === 'paper' && { hint: own.paperHint })}
      onInput={(how) => props.onInput(how as VoiceHow)}
    />
  )
}

/** The signature or the sheet: photographed here, or with another door that signed the same one. */
function Proof(props: {
  readonly topic: string
  readonly dwelling: DoorView['dwelling']
  readonly photos: ReturnType<typeof usePhotos>
  readonly value: VoiceDraft
  readonly onChoose: (sheet: string) => void
  readonly onKeep: () => void
}) {
  const own = useTopicWords()
  const { topic, dwelling, photos, value } = props
  return (
    <>
      {value.how === 'paper' && (
        <SheetField
          topic={topic}
          dwelling={dwelling}
          chosen={value.sheet}
          onChoose={props.onChoose}
        />
      )}
      <PhotoField photos={photos} stream={dwelling.stream} onKeep={props.onKeep} />
      {photos.isReady && <Soft>{own.sheetHint}</Soft>}
    </>
  )
}

/** Everything that the door said, the latest first: nothing of it is ever taken away. */
function Earlier({ door }: { readonly door: DoorView }) {
  const app = useParts('register', 'today')
  const own = useTopicWords()
  const words = useWords()
  const day = useStore(app.today, (store) => store.day)
  const { voices } = door
  const all = voices ? [...voices.heard, ...voices.late].reverse() : []
  if (!voices || all.length === 0) return null
  return (
    <>
      <Group head={own.earlier}>
        {all.map((voice) => (
          <Row
            key={voice.id}
            title={own.says[voice.says]}
            name={own.hows[voice.how]}
            aside={formatMoment(words, voice.at, day)}
            under={[
              voice.id === voices.counts?.id ? own.counts : own.notCounted,
              voice.by && app.register.get('account', voice.by)?.fields.name,
              voice.words,
            ]
              .filter(Boolean)
              .join(' · ')}
          />
        ))}
      </Group>
      {all.map(({ id, sheet }) => (
        <Photos key={id} host={id} also={sheet} />
      ))}
    </>
  )
}
