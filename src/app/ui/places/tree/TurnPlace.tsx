import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { mayAssignGrids, mayKeepPlaces } from '#domain/permission-of-places.ts'
import { mayStandUnder, obstacleToKind, type KindObstacle } from '#domain/place-rules.ts'
import { placeKinds, type PlaceKind } from '#domain/place.ts'
import type { ListedAccount } from '#protocol/places.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { FormPage } from '#app/ui/forms/FormPage.tsx'
import { SelectField } from '#app/ui/kit/Field.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Gone } from '#app/ui/pieces/Gone.tsx'
import type { PageProps } from '#app/ui/route.ts'
import { useMeWords } from '#app/ui/words/me-words.ts'
import { useToasts } from '#app/ui/toasts.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { keepersOf, nameWithin, nodesOf, type PlaceNode, type Tree } from '#app/views/place-tree.ts'
import { usePlacesWords } from './places-words.ts'
import { useTurnWords } from './turn-words.ts'
import { useAct } from './use-act.ts'
import { usePlaces } from './use-places.ts'
import { placesPages } from '#app/links/places.ts'

/** A place of another kind: said before what stands in the way, where something does. */
export function TurnPlace({ params }: PageProps) {
  const said = useTurnWords()
  const { told, tree } = usePlaces()
  const node = tree.byId.get(params['place'] ?? '')
  if (!node?.kept || !node.parent) return <Gone title={said.title} back={placesPages.places()} />
  return <Form node={node} tree={tree} accounts={told?.accounts ?? []} />
}

function Form(props: {
  readonly node: PlaceNode
  readonly tree: Tree
  readonly accounts: readonly ListedAccount[]
}) {
  const app = useParts('session', 'register')
  const own = usePlacesWords()
  const said = useTurnWords()
  const words = useWords()
  const location = useLocation()
  const toasts = useToasts()
  const acting = useAct()
  const { node, tree } = props
  const role = useStore(app.session, (session) => session.account?.role)
  const hasBuildings = useRegister(app, (register) => register.buildings(node.id).length > 0, [
    node.id,
  ])
  const [kind, setKind] = useState<PlaceKind | ''>('')
  const [above, setAbove] = useState('')
  const [asked, setAsked] = useState(false)
  const back = placesPages.place(node.id)
  const parentsOf = (to: PlaceKind) => parentsFor(tree, node, to, role)
  const kinds = placeKinds.filter(
    (one) => one !== node.kind && role && mayKeepPlaces(role, one) && parentsOf(one).length > 0,
  )
  const parents = kind === '' ? [] : parentsOf(kind)
  // Where it may stay where it is nobody is asked.
  const stays = parents.some(({ id }) => id === node.parent)
  const parent = stays ? node.parent : above
  const obstacle =
    kind === '' || !parents[0]
      ? null
      : obstacleToKind(kind, {
          ...{ kind: node.kind, hasRecords: hasBuildings },
          parent: (tree.byId.get(parent ?? '') ?? parents[0]).kind,
          below: node.below.filter((one) => !one.closed).map((one) => one.kind),
          roles: keepersOf(props.accounts, node.id).map((one) => one.role),
        })
  const isWhole = kind !== '' && (parent ?? '') !== '' && obstacle === null
  const save = async () => {
    setAsked(true)
    if (!isWhole) return
    const content = { place: node.id, placeKind: kind, parent: parent ?? '', before: node.kind }
    const answer = await acting.run(`turn/${node.id}`, content, (acts, request) =>
      acts.act('turn', request),
    )
    if (!answer?.ok) return
    toasts.show(own.done)
    location.route(back, true)
  }
  return (
    <FormPage
      title={`${node.name} · ${said.title}`}
      back={back}
      saveLabel={said.yes}
      saving={acting}
      errors={asked && !isWhole ? 1 : 0}
      onSave={() => void save()}
    >
      <p>{said.now(own.kind[node.kind])}</p>
      <SelectField
        label={said.to}
        required={words.shell.required}
        value={kind}
        emptyLabel={own.choose}
        options={kinds.map((value) => ({ value, label: own.kind[value] }))}
        error={asked && kind === '' ? said.toMissing : undefined}
        onInput={(next) => setKind(kinds.find((one) => one === next) ?? '')}
      />
      {kind !== '' && !stays && (
        <SelectField
          label={said.under(own.kind[kind])}
          required={words.shell.required}
          value={above}
          emptyLabel={own.choose}
          options={parents.map((one) => ({ value: one.id, label: nameWithin(one, tree).join('') }))}
          error={asked && above === '' ? own.chooseMissing : undefined}
          onInput={setAbove}
        />
      )}
      {kind !== '' && obstacle ? (
        <Notice tone="alarm">
          <Obstacle obstacle={obstacle} to={own.kind[kind]} />
        </Notice>
      ) : (
        <Notice>{said.what}</Notice>
      )}
    </FormPage>
  )
}

/** Open places under which a place could stand if it were of a kind; only its own where it may not be given away. */
function parentsFor(
  tree: Tree,
  node: PlaceNode,
  to: PlaceKind,
  role: Parameters<typeof mayAssignGrids>[0] | undefined,
): readonly PlaceNode[] {
  const mayMove = role !== undefined && mayAssignGrids(role)
  return nodesOf(tree).filter(
    ({ id, kind, closed }) =>
      !closed && id !== node.id && mayStandUnder(to, kind) && (mayMove || id === node.parent),
  )
}

function Obstacle(props: { readonly obstacle: KindObstacle; readonly to: string }) {
  const { kind: kinds } = usePlacesWords()
  const { me } = useMeWords()
  const said = useTurnWords()
  const { obstacle, to } = props
  switch (obstacle.what) {
    case 'parent':
      return <>{said.obstacle.parent(to, kinds[obstacle.kind])}</>
    case 'below':
      return <>{said.obstacle.below(to, kinds[obstacle.kind])}</>
    case 'role':
      return <>{said.obstacle.role(to, me.role[obstacle.role])}</>
    case 'records':
      return <>{said.obstacle.records(to)}</>
  }
}
