import { useState } from 'preact/hooks'
import { isGrid } from '#domain/place.ts'
import type { PlaceList } from '#protocol/places.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { useDraft } from '#app/ui/forms/use-draft.ts'
import { Button, ButtonLink } from '#app/ui/kit/Button.tsx'
import { SelectField } from '#app/ui/kit/Field.tsx'
import { Empty, Notice } from '#app/ui/kit/Notice.tsx'
import { Page, TwoLines } from '#app/ui/Page.tsx'
import { Gone } from '#app/ui/pieces/Gone.tsx'
import type { PageProps } from '#app/ui/route.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { linesOf, targetsOf, totalOf } from '#app/views/grid-journey.ts'
import { JourneyNotice } from './JourneyNotice.tsx'
import { keepersOf, type PlaceNode, type Tree } from '#app/views/place-tree.ts'
import { usePlacesWords } from './places-words.ts'
import styles from './Places.module.css'
import { useJourney } from './use-journey.ts'
import { usePlaces } from './use-places.ts'
import { placesPages } from '#app/links/places.ts'
import { formatNames } from '#app/ui/format.ts'

/** A whole grid goes into another one, and closes. */
export function MergeGrid({ params }: PageProps) {
  const own = usePlacesWords()
  const { told, tree } = usePlaces()
  const node = tree.byId.get(params['place'] ?? '')
  // When it is done the grid is closed, and this page still says so.
  const [opened] = useState(node)
  const shown = opened ?? node
  if (!shown?.kept || !isGrid(shown.kind))
    return <Gone title={own.mergeTitle} back={placesPages.places()} />
  return <Merge node={shown} tree={tree} told={told} />
}

function Merge(props: {
  readonly node: PlaceNode
  readonly tree: Tree
  readonly told: PlaceList | null
}) {
  const app = useParts('register')
  const own = usePlacesWords()
  const words = useWords()
  const { node, tree, told } = props
  const lines = useRegister(app, (register) => linesOf(register, node.id), [node.id])
  const draft = useDraft(`places/merge/${node.id}`, () => ({ to: '', begun: false }))
  const { to, begun } = draft.value
  const [asked, setAsked] = useState(false)
  const [sure, setSure] = useState(false)
  const run = useJourney()
  const targets = targetsOf(tree, node)
  const target = targets.find(({ id }) => id === to)?.label ?? ''
  const total = totalOf(lines)
  const people = keepersOf(told?.accounts ?? [], node.id)
  const go = async () => {
    draft.set({ to, begun: true })
    const isDone = await run.begin(
      `merge/${node.id}`,
      { from: node.id, to },
      (acts, request, hooks) => acts.merge(request, hooks),
    )
    if (isDone) draft.done()
  }
  const { state } = run
  const title = <TwoLines above={node.name} below={own.mergeTitle} />
  if (state.at === 'ended') {
    return (
      <Page title={title} back={placesPages.places()}>
        <div class={styles.page}>
          {state.left > 0 ? (
            <Notice tone="alarm">{own.left(state.left)}</Notice>
          ) : (
            <Notice>{own.merged(state.moved)}</Notice>
          )}
          <ButtonLink look="primary" wide href={placesPages.place(to)}>
            {own.toPlace}
          </ButtonLink>
        </div>
      </Page>
    )
  }
  return (
    <Page
      title={title}
      back={placesPages.place(node.id)}
      foot={
        <>
          <JourneyNotice run={run} />
          {sure
            ? state.at !== 'going' && (
                <div class={styles.acts}>
                  <Button look="danger" onClick={() => void go()}>
                    {begun ? own.goOn : own.mergeYes}
                  </Button>
                  <Button onClick={() => setSure(false)}>{words.shell.cancel}</Button>
                </div>
              )
            : targets.length > 0 && (
                <Button
                  look="primary"
                  wide
                  onClick={() => {
                    setAsked(true)
                    setSure(to !== '')
                  }}
                >
                  {own.look}
                </Button>
              )}
        </>
      }
    >
      {sure ? (
        <section class={styles.part}>
          <h2>{own.mergeSure(node.name, target)}</h2>
          <p>{own.within(total.households, total.people)}</p>
          <p>{own.mergeWhat(lines.length)}</p>
          {people.length > 0 && (
            <p>
              {own.mergePeople(
                formatNames(
                  words,
                  people.map(({ name }) => name),
                ),
              )}
            </p>
          )}
          <Notice>
            <p>{own.lateFollows}</p>
          </Notice>
          <Notice tone="alarm">{own.mergeCloses(node.name)}</Notice>
        </section>
      ) : (
        <div class={styles.form}>
          {begun && <Notice>{own.halfway}</Notice>}
          {targets.length === 0 ? (
            <Empty title={own.noTarget} />
          ) : (
            <SelectField
              label={own.to}
              required={words.shell.required}
              value={to}
              emptyLabel={own.choose}
              options={targets.map(({ id, label }) => ({ value: id, label }))}
              error={asked && to === '' ? own.chooseMissing : undefined}
              onInput={(next) => draft.set({ to: next, begun: false })}
            />
          )}
        </div>
      )}
    </Page>
  )
}
