import { useState } from 'preact/hooks'
import { datums, formatPosition, type Datum } from '#domain/position.ts'
import type { Rec } from '#app/views/records.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { patchOf } from '#app/acts/household-intents.ts'
import { FormPage } from '#app/ui/forms/FormPage.tsx'
import { useDraft } from '#app/ui/forms/use-draft.ts'
import { useSave } from '#app/ui/forms/use-save.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { ChoiceField, TextAreaField, TextField } from '#app/ui/kit/Field.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { useBack } from '#app/ui/Page.tsx'
import { Gone } from '#app/ui/pieces/Gone.tsx'
import type { PageProps } from '#app/ui/route.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import {
  metresToNearest,
  readLocation,
  valuesOf,
  type LocationProblem,
  type LocationValues,
} from '#app/views/location-values.ts'
import { useLocationWords } from './location-words.ts'
import { firstPages } from '#app/links/first.ts'

/** Where a building stands: two numbers from any map, or where somebody stands at this moment. */
export function Location(props: PageProps) {
  const app = useParts('register')
  const words = useWords()
  const building = useRegister(app, (register) =>
    register.get('building', props.params['building'] ?? ''),
  )
  return building ? (
    <Edit key={building.id} building={building} />
  ) : (
    <Gone title={words.places.grid} back={firstPages.grid()} />
  )
}

/** Metres: from here on the numbers are more likely wrong than the building far out. */
const far = 1_000

function Edit(props: { readonly building: Rec<'building'> }) {
  const app = useParts('register')
  const own = useLocationWords()
  const [shown] = useState(props.building)
  const { id, stream, fields } = shown
  const page = firstPages.building(id)
  const draft = useDraft<LocationValues>(`location/${id}`, () => valuesOf(fields))
  const [asked, setAsked] = useState(false)
  const [nothing, setNothing] = useState(false)
  const saving = useSave()
  const goBack = useBack(page)
  const others = useRegister(app, (register) =>
    register.buildings(stream).filter((other) => other.id !== id),
  )
  const values = draft.value
  const set = (part: Partial<LocationValues>) => draft.set((before) => ({ ...before, ...part }))
  const read = readLocation(values)
  const told = (problem: LocationProblem | null) => (problem ? own.problems[problem] : undefined)
  const wallsProblem = told(read.wallsProblem)
  const errors = [read.textProblem, read.wallsProblem].filter(Boolean).length

  const save = () => {
    setAsked(true)
    const before = valuesOf(fields)
    const isSame = values.text.trim() === before.text && values.walls.trim() === before.walls
    setNothing(isSame)
    if (errors > 0 || isSame) return
    saving.run([patchOf(shown, { ...read.fields })], () => {
      draft.done()
      goBack()
    })
  }
  return (
    <FormPage
      title={own.title(`${fields.estate} ${fields.name}`)}
      back={page}
      saveLabel={own.save}
      saving={saving}
      errors={asked ? errors : 0}
      draft={draft}
      onSave={save}
    >
      {nothing && <Notice>{own.unchanged}</Notice>}
      <Here onHere={(text) => set({ text, datum: 'wgs84' })} />
      <TextField
        label={own.text}
        hint={own.textHint}
        maxLength={120}
        value={values.text}
        onInput={(text) => set({ text })}
        error={told(read.textProblem)}
      />
      {values.text !== '' && (
        <Button look="quiet" icon="erase" onClick={() => set({ text: '' })}>
          {own.clear}
        </Button>
      )}
      <ChoiceField
        label={own.datum}
        hint={own.datumHint}
        value={values.datum}
        options={datums.map((value) => ({ value, label: own.datums[value] }))}
        onInput={(datum) => set({ datum: datum as Datum })}
      />
      <Reading read={read} others={others} />
      <TextAreaField
        label={own.more}
        hint={own.wallsHint}
        maxLength={10_000}
        value={values.walls}
        onInput={(walls) => set({ walls })}
        error={
          wallsProblem && read.wallsLine !== null
            ? own.line(read.wallsLine, wallsProblem)
            : wallsProblem
        }
      />
    </FormPage>
  )
}

/** What will be kept, and how far that is from the neighbours: a wrong choice of the map shows there at once. */
function Reading(props: {
  readonly read: ReturnType<typeof readLocation>
  readonly others: readonly Rec<'building'>[]
}) {
  const own = useLocationWords()
  const { read, others } = props
  if (read.textProblem) return null
  if (!read.position) return <p>{own.nothing}</p>
  const nearest = metresToNearest(
    read.position,
    others.map((other) => other.fields),
  )
  const metres = nearest === null ? null : Math.round(nearest)
  return (
    <>
      <p>
        {own.reading} {formatPosition(read.position)}
        {metres !== null && metres < far && ` · ${own.near(metres)}`}
      </p>
      {metres !== null && metres >= far && <Notice tone="alarm">{own.far(metres)}</Notice>}
    </>
  )
}

/** The browser asks for leave, and only when this is tapped. */
function Here(props: { readonly onHere: (text: string) => void }) {
  const app = useParts('mapActs')
  const own = useLocationWords()
  const [state, setState] = useState<'still' | 'looking' | 'refused' | 'not-found' | number>(
    'still',
  )
  const look = async () => {
    setState('looking')
    const answer = await app.mapActs.here()
    if (!answer.ok) return setState(answer.problem)
    setState(Math.max(1, Math.round(answer.metres)))
    props.onHere(formatPosition(answer.position))
  }
  return (
    <>
      <Button busy={state === 'looking'} onClick={() => void look()}>
        {state === 'looking' ? own.looking : own.here}
      </Button>
      <p>{typeof state === 'number' ? own.found(state) : own.hereHint}</p>
      {state === 'refused' && <Notice>{own.refused}</Notice>}
      {state === 'not-found' && <Notice>{own.notFound}</Notice>}
    </>
  )
}
