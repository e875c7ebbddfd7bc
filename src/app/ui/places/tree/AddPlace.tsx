import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { mayKeepPlaces } from '#domain/permission-of-places.ts'
import { isGrid, type PlaceKind } from '#domain/place.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { FormPage } from '#app/ui/forms/FormPage.tsx'
import { useDraft } from '#app/ui/forms/use-draft.ts'
import { ChoiceField } from '#app/ui/kit/Field.tsx'
import { Gone } from '#app/ui/pieces/Gone.tsx'
import type { PageProps } from '#app/ui/route.ts'
import { useToasts } from '#app/ui/toasts.ts'
import { countFaults, PlaceFields } from './PlaceFields.tsx'
import { kindsBelow, type PlaceNode } from '#app/views/place-tree.ts'
import { usePlacesWords } from './places-words.ts'
import { useAct } from './use-act.ts'
import { usePlaces } from './use-places.ts'
import { placesPages } from '#app/links/places.ts'

/** A new place below one. */
export function AddPlace({ params }: PageProps) {
  const own = usePlacesWords()
  const role = useStore(useParts('session').session, (session) => session.account?.role)
  const node = usePlaces().tree.byId.get(params['place'] ?? '')
  const kinds = kindsBelow(node?.kind ?? 'micro-grid').filter(
    (kind) => role && mayKeepPlaces(role, kind),
  )
  if (!node || node.closed || !kinds[0])
    return <Gone title={own.addTitle} back={placesPages.places()} />
  return <Form node={node} kinds={kinds} />
}

function Form(props: { readonly node: PlaceNode; readonly kinds: readonly PlaceKind[] }) {
  const app = useParts('work')
  const own = usePlacesWords()
  const location = useLocation()
  const toasts = useToasts()
  const acting = useAct()
  const { node, kinds } = props
  const draft = useDraft(`places/add/${node.id}`, () => ({
    place: app.work.newId(),
    name: '',
    code: '',
    placeKind: kinds[0] ?? 'grid',
  }))
  const { place, name, code, placeKind } = draft.value
  const [asked, setAsked] = useState(false)
  const errors = countFaults(draft.value)
  const save = async () => {
    setAsked(true)
    if (errors > 0) return
    const content = {
      ...{ place, parent: node.id, placeKind },
      name: name.trim(),
      code: code.trim() || null,
    }
    const answer = await acting.run(`add/${node.id}`, content, (acts, request) =>
      acts.act('add', request),
    )
    // The answer was lost, and then another name was typed: the place is there under the first one.
    if (!answer) return
    const isThere = !answer.ok && answer.problem === 'record-exists'
    if (!answer.ok && !isThere) return
    draft.done()
    toasts.show(isThere ? own.addedBefore : own.done)
    location.route(placesPages.place(node.id), true)
  }
  return (
    <FormPage
      title={own.addTitle}
      back={placesPages.place(node.id)}
      saveLabel={own.save}
      saving={acting}
      errors={asked ? errors : 0}
      draft={draft}
      onSave={() => void save()}
    >
      <p>{own.addUnder(node.name)}</p>
      {kinds.length > 1 && (
        <ChoiceField
          label={own.addKind}
          value={placeKind}
          options={kinds.map((value) => ({ value, label: own.kind[value] }))}
          onInput={(next) => {
            const kind = kinds.find((one) => one === next)
            if (kind) draft.set((value) => ({ ...value, placeKind: kind }))
          }}
        />
      )}
      <PlaceFields
        value={draft.value}
        hasCode={!isGrid(placeKind)}
        asked={asked}
        onInput={(change) => draft.set((value) => ({ ...value, ...change }))}
      />
    </FormPage>
  )
}
