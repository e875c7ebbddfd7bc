import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { FormPage } from '#app/ui/forms/FormPage.tsx'
import { useDraft } from '#app/ui/forms/use-draft.ts'
import { Gone } from '#app/ui/pieces/Gone.tsx'
import type { PageProps } from '#app/ui/route.ts'
import { useToasts } from '#app/ui/toasts.ts'
import { Newer } from './Newer.tsx'
import { usePlacesWords } from './places-words.ts'
import type { PlaceNode } from '#app/views/place-tree.ts'
import { countFaults, PlaceFields } from './PlaceFields.tsx'
import { useAct } from './use-act.ts'
import { usePlaces } from './use-places.ts'
import { placesPages } from '#app/links/places.ts'

/** Name and division code of a place; its kind, on which what stands in it depends, has a page of its own. */
export function RenamePlace({ params }: PageProps) {
  const own = usePlacesWords()
  const node = usePlaces().tree.byId.get(params['place'] ?? '')
  if (!node?.kept) return <Gone title={own.rename} back={placesPages.places()} />
  return <Form node={node} />
}

function Form({ node }: { readonly node: PlaceNode }) {
  const own = usePlacesWords()
  const location = useLocation()
  const toasts = useToasts()
  const acting = useAct()
  const back = placesPages.place(node.id)
  // What stood on screen when the form was opened: what somebody else changes meanwhile is not undone unseen.
  const draft = useDraft(`places/rename/${node.id}`, () => {
    const { name, code } = node
    return { name, code: code ?? '', before: { name, code } }
  })
  const { name, code, before } = draft.value
  const [asked, setAsked] = useState(false)
  const errors = countFaults(draft.value)
  const save = async () => {
    setAsked(true)
    if (errors > 0) return
    const content = { place: node.id, name: name.trim(), code: code.trim() || null, before }
    const answer = await acting.run(`rename/${node.id}`, content, (acts, request) =>
      acts.act('rename', request),
    )
    if (!answer?.ok) return
    draft.done()
    toasts.show(own.done)
    location.route(back, true)
  }
  const isOld = before.name !== node.name || before.code !== node.code
  return (
    <FormPage
      title={own.rename}
      back={back}
      saveLabel={own.save}
      saving={acting}
      errors={asked ? errors : 0}
      draft={draft}
      onSave={() => void save()}
    >
      {isOld && <Newer now={[node.name, node.code ?? own.noCode]} onTake={draft.clear} />}
      <PlaceFields
        hasCode
        value={draft.value}
        asked={asked}
        onInput={(change) => draft.set((value) => ({ ...value, ...change }))}
      />
    </FormPage>
  )
}
