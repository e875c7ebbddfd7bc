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
import { linesOf, targetsOf } from '#app/views/grid-journey.ts'
import { JourneyNotice } from './JourneyNotice.tsx'
import { nameProblem } from '#app/views/place-fields.ts'
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

interface Draft {
  /** 'new', a place, or '' where nothing is chosen yet. */
  readonly to: string
  /** The id and the name of the new one. */
  readonly place: string
  readonly name: string
  readonly chosen: readonly string[]
  /** The new one is there. */
  readonly added: boolean
  /** It was confirmed once: what is left goes on. */
  readonly begun: boolean
}

function Split(props: {
  readonly node: PlaceNode
  readonly tree: Tree
  readonly told: PlaceList | null
}) {
  const app = useParts('register', 'work')
  const own = usePlacesWords()
  const words = useWords()
  const { node, tree, told } = props
  const lines = useRegister(app, (register) => linesOf(register, node.id), [node.id])
  const draft = useDraft<Draft>(`places/split/${node.id}`, () => ({
    ...{ to: '', name: '', chosen: [], added: false, begun: false },
    place: app.work.newId(),
  }))
  const { to, place, name, chosen, added, begun } = draft.value
  const [asked, setAsked] = useState(false)
  const [sure, setSure] = useState(false)
  const adding = useAct()
  const run = useJourney()
  const set = (next: Partial<Draft>) => draft.set((before) => ({ ...before, ...next }))
  const targets = targetsOf(tree, node)
  const target = to === 'new' ? place : to
  const targetName = to === 'new' ? name.trim() : (targets.find(({ id }) => id === to)?.label ?? '')
  const going = lines.filter(({ id }) => chosen.includes(id))
  const problems = {
    to: to === '' ? own.chooseMissing : undefined,
    name: to === 'new' && nameProblem(name) ? own.nameMissing : undefined,
    buildings:
      going.length === 0 && !begun
        ? own.buildingsMissing
        : going.length > mostBuildings
          ? own.tooMany(mostBuildings)
          : undefined,
  }
  const isWhole = Object.values(problems).every((problem) => problem === undefined)
  const go = async () => {
    set({ begun: true })
    if (to === 'new' && !added) {
      const { parent, kind: placeKind } = node
      const content = { place, parent: parent ?? '', placeKind, name: targetName }
      const answer = await adding.run(`add/${place}`, content, (acts, request) =>
        acts.act('add', request),
      )
      // Its id is nobody else's: it was made when an answer was lost.
      if (!answer) return
      if (!answer.ok && answer.problem !== 'record-exists') return
      set({ added: true })
    }
    const content = { from: node.id, to: target, buildings: [...chosen].sort() }
    const isDone = await run.begin(`move/${node.id}`, content, (acts, request, hooks) =>
      acts.move(request, hooks),
    )
    if (isDone) draft.done()
  }
  const people = keepersOf(told?.accounts ?? [], target)
  const { state } = run
  const title = <TwoLines above={node.name} below={own.split} />
  if (state.at === 'ended') {
    return (
      <Page title={title} back={placesPages.place(node.id)}>
        <div class={styles.page}>
          <Notice>
            <p>{state.moved > 0 ? own.moved(state.moved) : own.allMoved}</p>
          </Notice>
          {state.left > 0 && <Notice tone="alarm">{own.left(state.left)}</Notice>}
          {people.length === 0 && (
            <ButtonLink look="primary" wide icon="me" href={placesPages.placePeople(target)}>
              {own.assignPeople}
            </ButtonLink>
          )}
          <ButtonLink
            look={people.length === 0 ? 'plain' : 'primary'}
            wide
            href={placesPages.place(target)}
          >
            {own.toPlace}
          </ButtonLink>
        </div>
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
                  {begun ? own.goOn : own.splitYes}
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
                setSure(isWhole)
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
          lines={going}
          left={lines.length - going.length}
          from={node.name}
          to={targetName}
          people={people}
        />
      ) : (
        <div class={styles.form}>
          {begun && <Notice>{own.halfway}</Notice>}
          <SelectField
            label={own.to}
            required={words.shell.required}
            value={to}
            emptyLabel={own.choose}
            options={[
              { value: 'new', label: own.toNew },
              ...targets.map(({ id, label }) => ({ value: id, label })),
            ]}
            error={asked ? problems.to : undefined}
            onInput={(next) => set({ to: next, begun: false })}
          />
          {to === 'new' && (
            <TextField
              label={own.newName}
              required={words.shell.required}
              maxLength={40}
              value={name}
              disabled={added}
              error={asked ? problems.name : undefined}
              onInput={(next) => set({ name: next, begun: false })}
            />
          )}
          <BuildingPicker
            lines={lines}
            chosen={new Set(chosen)}
            error={asked ? problems.buildings : undefined}
            onInput={(next) => set({ chosen: [...next], begun: false })}
          />
        </div>
      )}
    </Page>
  )
}
