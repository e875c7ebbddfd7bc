import { useLocation } from 'preact-iso'
import { useState } from 'preact/hooks'
import { mayKeepTopics } from '#domain/permission-of-places.ts'
import { decisionRules, type DecisionRuleKey } from '#domain/topics/decision-rules.ts'
import { useParts } from '#app/acts/use-parts.ts'
import type { Intent } from '#app/acts/intent.ts'
import { topicsPages } from '#app/links/topics.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { FormPage } from '#app/ui/forms/FormPage.tsx'
import { useDraft } from '#app/ui/forms/use-draft.ts'
import { useSave } from '#app/ui/forms/use-save.ts'
import { SelectField, TextAreaField, TextField } from '#app/ui/kit/Field.tsx'
import { Empty, Notice } from '#app/ui/kit/Notice.tsx'
import { Page } from '#app/ui/Page.tsx'
import type { PageProps } from '#app/ui/route.ts'
import { useTopicWords } from '#app/ui/words/topic-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { draftOfTopic, faultsOfTopic, topicOf, type TopicDraft } from '#app/views/topic-draft.ts'
import type { Rec } from '#app/views/records.ts'
import { mattersWith } from '#app/views/meetings.ts'
import { placesOfTopics, topicOfRequest, topicView, type TopicView } from '#app/views/topics.ts'
import { DoorsField } from './DoorsField.tsx'

/** A topic, new or before doors are asked; of a request or of a matter of a meeting in one act. */
export function TopicForm({ params }: PageProps) {
  const app = useParts('register', 'session')
  const own = useTopicWords()
  const id = params['topic']
  const role = useStore(app.session, (session) => session.account?.role)
  const view = useRegister(app, (register) => (id ? topicView(register, id) : null), [id])
  const isKeeper = role !== undefined && mayKeepTopics(role)
  const isFixed = view !== null && view.standing.askedAt !== null
  if (!isKeeper || isFixed || (id && !view)) {
    return (
      <Page title={own.one} back={topicsPages.topics()}>
        <Empty title={isKeeper && !isFixed ? own.gone : own.onlyOffice} icon="lock" />
      </Page>
    )
  }
  return <Form key={id ?? 'new'} view={view} />
}

function Form({ view }: { readonly view: TopicView | null }) {
  const app = useParts('register', 'work', 'now')
  const own = useTopicWords()
  const words = useWords()
  const { query, route } = useLocation()
  const { request = '', meeting = '', matter = '' } = query
  const places = useRegister(app, placesOfTopics)
  const [from] = useState(() => startOf(app.register, request, meeting, matter))
  const topic = view?.topic
  const key = topic?.id ?? (request || matter || 'new')
  const draft = useDraft<TopicDraft>(`topic/${key}`, () =>
    draftOfTopic(topic, from?.place ?? places[0]?.id ?? '', from ?? {}),
  )
  const [isChecked, setChecked] = useState(false)
  const saving = useSave()
  const { value } = draft
  const faults = faultsOfTopic(value)
  const set = (part: Partial<TopicDraft>) => draft.set((before) => ({ ...before, ...part }))
  const save = () => {
    setChecked(true)
    if (Object.keys(faults).length > 0 || value.place === '') return
    const id = topic?.id ?? app.work.newId(value.place)
    const fields = topicOf(value)
    const made = {
      ...{ ...fields, at: new Date(app.now()).toISOString() },
      ...(from?.request ? { request: from.request } : {}),
      ...(from?.meeting ? { meeting: from.meeting.id } : {}),
    }
    const held = from?.meeting
    const intents: Intent[] = topic
      ? [{ op: 'patch', kind: 'topic', record: id, fields }]
      : [
          { op: 'create', kind: 'topic', record: id, stream: value.place, fields: made },
          ...(held
            ? [
                {
                  ...({ op: 'patch', kind: 'meeting', record: held.id } as const),
                  fields: { matters: mattersWith(held, matter, { became: 'topic', record: id }) },
                },
              ]
            : []),
        ]
    saving.run(intents, () => {
      draft.done()
      route(topicsPages.topic(id), true)
    })
  }
  const untitled = isChecked ? faults.title : undefined
  return (
    <FormPage
      title={topic ? own.edit : own.add}
      back={topic ? topicsPages.topic(topic.id) : topicsPages.topics()}
      saveLabel={own.save}
      saving={saving}
      errors={isChecked ? Object.keys(faults).length : 0}
      draft={draft}
      onSave={save}
    >
      {!topic && places.length > 1 && (
        <SelectField
          label={own.place}
          value={value.place}
          options={places.map(({ id, fields }) => ({ value: id, label: fields.name }))}
          onInput={(place) => set({ place, parts: [] })}
        />
      )}
      <TextField
        label={own.name}
        hint={own.nameHint}
        required={words.shell.required}
        maxLength={60}
        value={value.title}
        error={untitled && words.fieldProblem({ field: '', problem: untitled })}
        onInput={(title) => set({ title })}
      />
      <DoorsField
        place={value.place}
        parts={value.parts}
        error={isChecked && faults.parts ? own.required : undefined}
        onChange={(parts) => set({ parts })}
      />
      <SelectField
        label={own.rule}
        value={value.rule}
        options={decisionRules.map(({ key: rule }) => ({
          value: rule,
          label: own.rules[rule] ?? rule,
        }))}
        onInput={(rule) => set({ rule: rule as DecisionRuleKey })}
      />
      <Notice>
        {own.rules[value.rule]}
        {words.language === 'en' ? '. ' : '。'}
        {own.doorsOnly}
      </Notice>
      <TextAreaField
        label={own.words}
        maxLength={2_000}
        value={value.words}
        onInput={(text) => set({ words: text })}
      />
    </FormPage>
  )
}

interface Start {
  readonly title: string
  readonly words: string
  readonly parts?: TopicDraft['parts']
  readonly place?: string
  readonly request?: string
  readonly meeting?: Rec<'meeting'>
}

/** What a topic is made of, where it is made of something. */
function startOf(
  register: Parameters<typeof topicOfRequest>[0],
  request: string,
  meeting: string,
  matter: string,
): Start | null {
  const held = meeting ? register.get('meeting', meeting) : undefined
  const said = held?.fields.matters?.find(({ id }) => id === matter)
  if (held && said) {
    return { title: said.words.slice(0, 60), words: said.words, place: held.stream, meeting: held }
  }
  const of = request ? topicOfRequest(register, request) : null
  return of && { ...of, request }
}
