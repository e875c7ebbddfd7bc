import { useState } from 'preact/hooks'
import { isGrid } from '#domain/place.ts'
import type { PlaceList } from '#protocol/places.ts'
import { mostBuildings } from '#protocol/places.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { useDraft } from '#app/ui/forms/use-draft.ts'
import { Button, ButtonLink } from '#app/ui/kit/Button.tsx'
import { SelectField, TextField } from '#app/ui/kit/Field.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Page, TwoLines } from '#app/ui/Page.tsx'
import { Gone } from '#app/ui/pieces/Gone.tsx'
import type { PageProps } from '#app/ui/route.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { BuildingPicker } from './BuildingPicker.tsx'
import { linesOf, targetsOf, type BuildingLine } from '#app/views/grid-journey.ts'
import { JourneyNotice } from './JourneyNotice.tsx'
import { readSplit, type SplitDraft, type SplitRead } from '#app/views/split-draft.ts'
import { keepersOf, type PlaceNode, type Tree } from '#app/views/place-tree.ts'
import { usePlacesWords } from './places-words.ts'
import styles from './Places.module.css'
import { SplitSure } from './SplitSure.tsx'
import { useAct } from './use-act.ts'
import { useJourney } from './use-journey.ts'
import { usePlaces } from './use-places.ts'
import { placesPages } from '#app/links/places.ts'

/** Buildings go from one grid to another one, or to a new one. */
export function SplitGrid({ params }: PageProps) {
  const own = usePlacesWords()
  const { told, tree } = usePlaces()
  const node = tree.byId.get(params['place'] ?? '')
  if (!node?.kept || !isGrid(node.kind))
    return <Gone title={own.split} back={placesPages.places()} />
  return <Split node={node} tree={tree} told={told} />
}

/** The draft of a split, what it lacks, and the steps that carry it out. */
function useSplit(node: PlaceNode, tree: Tree) {
  const app = useParts('register', 'work')
  const lines = useRegister(app, (register) => linesOf(register, node.id), [node.id])
  const draft = useDraft<SplitDraft>(`places/split/${node.id}`, () => ({
    ...{ to: '', name: '', chosen: [], added: false, begun: false },
    place: app.work.newId(),
  }))
  const adding = useAct()
  const run = useJourney()
  const set = (next: Partial<SplitDraft>) => draft.set((before) => ({ ...before, ...next }))
  const split = readSplit(draft.value, lines, targetsOf(tree, node))
  const go = async () => {
    const { to, place, chosen, added } = draft.value
    set({ begun: true })
    if (to === 'new' && !added) {
      const { parent, kind: placeKind } = node
      const content = { place, parent: parent ?? '', placeKind, name: split.targetName }
      const answer = await adding.run(`add/${place}`, content, (acts, request) =>
        acts.act('add', request),
      )
      // Its id is nobody else's: it was made when an answer was lost.
      if (!answer) return
      if (!answer.ok && answer.problem !== 'record-exists') return
      set({ added: true })
    }
    const content = { from: node.id, to: split.target, buildings: [...chosen].sort() }
    const isDone = await run.begin(`move/${node.id}`, content, (acts, request, hooks) =>
      acts.move(request, hooks),
    )
    if (isDone) draft.done()
  }
  return { lines, draft: draft.value, set, split, adding, run, go }
}

function Split(props: {
  readonly node: PlaceNode
  readonly tree: Tree
  readonly told: PlaceList | null
}) {
  const own = usePlacesWords()
  const words = useWords()
  const { node, tree, told } = props
  const { lines, draft, set, split, adding, run, go } = useSplit(node, tree)
  const [asked, setAsked] = useState(false)
  const [sure, setSure] = useState(false)
  const people = keepersOf(told?.accounts ?? [], split.target)
  const { state } = run
  const title = <TwoLines above={node.name} below={own.split} />
  if (state.at === 'ended') {
    return (
      <Page title={title} back={placesPages.place(node.id)}>
        <SplitEnd {...state} target={split.target} hasPeople={people.length > 0} />
      </Page>
    )
  }
  const isBusy = adding.busy || state.at === 'going'
  return (
    <Page
      title={title}
      back={placesPages.place(node.id)}
      foot={
        <>
          {adding.said && state.at === 'home' && <Notice tone="alarm">{adding.said}</Notice>}
          <JourneyNotice run={run} />
          {sure ? (
            !isBusy && (
              <div class={styles.acts}>
                <Button look="primary" onClick={() => void go()}>
                  {draft.begun ? own.goOn : own.splitYes}
                </Button>
                <Button onClick={() => setSure(false)}>{words.shell.cancel}</Button>
              </div>
            )
          ) : (
            <Button
              look="primary"
              wide
              onClick={() => {
                setAsked(true)
                setSure(split.isWhole)
              }}
            >
              {own.look}
            </Button>
          )}
        </>
      }
    >
      {sure ? (
        <SplitSure
          lines={split.going}
          left={lines.length - split.going.length}
          from={node.name}
          to={split.targetName}
          people={people}
        />
      ) : (
        <SplitFields
          lines={lines}
          targets={targetsOf(tree, node)}
          draft={draft}
          lacks={asked ? split.lacks : null}
          onChange={(next) => set({ ...next, begun: false })}
        />
      )}
    </Page>
  )
}

function SplitFields(props: {
  readonly lines: readonly BuildingLine[]
  readonly targets: ReturnType<typeof targetsOf>
  readonly draft: SplitDraft
  /** Null before it was looked at. */
  readonly lacks: SplitRead['lacks'] | null
  readonly onChange: (next: Partial<SplitDraft>) => void
}) {
  const own = usePlacesWords()
  const words = useWords()
  const { draft, lacks, onChange } = props
  const buildings = { none: own.buildingsMissing, 'too-many': own.tooMany(mostBuildings) }
  return (
    <div class={styles.form}>
      {draft.begun && <Notice>{own.halfway}</Notice>}
      <SelectField
        label={own.to}
        required={words.shell.required}
        value={draft.to}
        emptyLabel={own.choose}
        options={[
          { value: 'new', label: own.toNew },
          ...props.targets.map(({ id, label }) => ({ value: id, label })),
        ]}
        error={lacks?.to ? own.chooseMissing : undefined}
        onInput={(to) => onChange({ to })}
      />
      {draft.to === 'new' && (
        <TextField
          label={own.newName}
          required={words.shell.required}
          maxLength={40}
          value={draft.name}
          disabled={draft.added}
          error={lacks?.name ? own.nameMissing : undefined}
          onInput={(name) => onChange({ name })}
        />
      )}
      <BuildingPicker
        lines={props.lines}
        chosen={new Set(draft.chosen)}
        error={lacks?.buildings ? buildings[lacks.buildings] : undefined}
        onInput={(next) => onChange({ chosen: [...next] })}
      />
    </div>
  )
}

/** What went, what is left, and who is to be named for the grid that has it now. */
function SplitEnd(props: {
  readonly moved: number
  readonly left: number
  readonly target: string
  readonly hasPeople: boolean
}) {
  const own = usePlacesWords()
  const { moved, left, target, hasPeople } = props
  return (
    <div class={styles.page}>
      <Notice>
        <p>{moved > 0 ? own.moved(moved) : own.allMoved}</p>
      </Notice>
      {left > 0 && <Notice tone="alarm">{own.left(left)}</Notice>}
      {!hasPeople && (
        <ButtonLink look="primary" wide icon="me" href={placesPages.placePeople(target)}>
          {own.assignPeople}
        </ButtonLink>
      )}
      <ButtonLink look={hasPeople ? 'primary' : 'plain'} wide href={placesPages.place(target)}>
        {own.toPlace}
      </ButtonLink>
    </div>
  )
}
