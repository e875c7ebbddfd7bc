import { useLocation } from 'preact-iso'
import { FormPage } from '#app/ui/forms/FormPage.tsx'
import { useDraft } from '#app/ui/forms/use-draft.ts'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Page } from '#app/ui/Page.tsx'
import { Gone } from '#app/ui/pieces/Gone.tsx'
import type { PageProps } from '#app/ui/route.ts'
import { useToasts } from '#app/ui/toasts.ts'
import type { ListedAccount } from '#protocol/places.ts'
import { Freshness } from './Freshness.tsx'
import { usePeopleWords } from './people-words.ts'
import { isPlaceOf, placeNames, type PlaceNode, type Tree } from '#app/views/place-tree.ts'
import { usePlacesWords } from './places-words.ts'
import { Tick } from './Tick.tsx'
import { useAct } from './use-act.ts'
import { usePlaces } from './use-places.ts'
import { placesPages } from '#app/links/places.ts'

/** Who looks after a place, chosen from those whose role fits. */
export function PlacePeople({ params }: PageProps) {
  const own = usePlacesWords()
  const known = usePlaces()
  const { told, tree } = known
  const node = tree.byId.get(params['place'] ?? '')
  if (!node?.kept) return <Gone title={own.peopleTitle} back={placesPages.places()} />
  if (!told) {
    return (
      <Page title={own.peopleTitle} back={placesPages.place(node.id)}>
        <Freshness known={known} />
      </Page>
    )
  }
  const people = told.accounts.filter(
    (one) => one.kept && one.closedAt === null && isPlaceOf(one.role, node),
  )
  return <Form node={node} tree={tree} people={people} />
}

function Form(props: {
  readonly node: PlaceNode
  readonly tree: Tree
  readonly people: readonly ListedAccount[]
}) {
  const own = usePlacesWords()
  const { roles } = usePeopleWords()
  const location = useLocation()
  const toasts = useToasts()
  const acting = useAct()
  const { node, tree, people } = props
  const back = placesPages.place(node.id)
  const has = ({ places }: ListedAccount) => places.includes(node.id)
  // Only what was ticked here, so that what a colleague changes meanwhile stands.
  const draft = useDraft<Readonly<Record<string, boolean>>>(`places/people/${node.id}`, () => ({}))
  const isChosen = (one: ListedAccount) => draft.value[one.id] ?? has(one)
  const changed = people.filter((one) => isChosen(one) !== has(one))
  const save = async () => {
    for (const one of changed) {
      const { id, name, role, places } = one
      const after = isChosen(one) ? [...places, node.id] : places.filter((id) => id !== node.id)
      const content = { account: id, name, role, places: after, before: { name, role, places } }
      const answer = await acting.run(`change/${id}`, content, (acts, request) =>
        acts.act('change', request),
      )
      if (!answer?.ok) return
    }
    draft.done()
    toasts.show(own.done)
    location.route(back, true)
  }
  return (
    <FormPage
      title={`${node.name} · ${own.peopleTitle}`}
      back={back}
      saveLabel={changed.length === 0 ? own.notChanged : own.save}
      saving={acting}
      errors={0}
      disabled={changed.length === 0}
      onSave={() => void save()}
    >
      <Notice>{own.peopleHint}</Notice>
      {people.length === 0 && <p>{own.nobodyToAssign}</p>}
      <div>
        {people.map((one) => {
          const isOnly = has(one) && one.places.length === 1
          const under = isOnly ? own.onlyPlace : placeNames(one.places, tree)
          return (
            <Tick
              key={one.id}
              label={`${one.name} · ${roles[one.role]}`}
              under={under}
              checked={isChosen(one)}
              disabled={isOnly}
              onInput={(next) => draft.set((before) => ({ ...before, [one.id]: next }))}
            />
          )
        })}
      </div>
    </FormPage>
  )
}
