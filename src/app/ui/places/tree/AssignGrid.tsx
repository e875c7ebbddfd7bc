import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { isGrid } from '#domain/place.ts'
import { mayStandUnder } from '#domain/place-rules.ts'
import { FormPage } from '#app/ui/forms/FormPage.tsx'
import { SelectField } from '#app/ui/kit/Field.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Gone } from '#app/ui/pieces/Gone.tsx'
import type { PageProps } from '#app/ui/route.ts'
import { useToasts } from '#app/ui/toasts.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { nameWithin, type PlaceNode, type Tree } from '#app/views/place-tree.ts'
import { usePlacesWords } from './places-words.ts'
import { useAct } from './use-act.ts'
import { usePlaces } from './use-places.ts'
import { placesPages } from '#app/links/places.ts'
import { formatAside } from '#app/ui/format.ts'

/** A grid goes to another community, a micro-grid to another grid: it stays what it is, others look at it from above. */
export function AssignGrid({ params }: PageProps) {
  const own = usePlacesWords()
  const { tree } = usePlaces()
  const node = tree.byId.get(params['place'] ?? '')
  if (!node?.kept || !isGrid(node.kind))
    return <Gone title={own.assign} back={placesPages.places()} />
  return <Form node={node} tree={tree} />
}

function Form(props: { readonly node: PlaceNode; readonly tree: Tree }) {
  const own = usePlacesWords()
  const words = useWords()
  const location = useLocation()
  const toasts = useToasts()
  const acting = useAct()
  const { node, tree } = props
  const [parent, setParent] = useState('')
  const [asked, setAsked] = useState(false)
  const isMicro = node.kind === 'micro-grid'
  const back = placesPages.place(node.id)
  const options = [...tree.byId.values()].filter(
    ({ id, kind, closed }) => !closed && id !== node.parent && mayStandUnder(node.kind, kind),
  )
  const save = async () => {
    setAsked(true)
    if (parent === '') return
    const answer = await acting.run(
      `assign/${node.id}`,
      { place: node.id, parent },
      (acts, request) => acts.act('assign', request),
    )
    if (!answer?.ok) return
    toasts.show(own.done)
    location.route(back, true)
  }
  return (
    <FormPage
      title={`${node.name} · ${isMicro ? own.assignMicro : own.assign}`}
      back={back}
      saveLabel={own.assignYes}
      saving={acting}
      errors={asked && parent === '' ? 1 : 0}
      onSave={() => void save()}
    >
      <SelectField
        label={isMicro ? own.assignMicroTo : own.assignTo}
        required={words.shell.required}
        value={parent}
        emptyLabel={own.choose}
        options={options.map((one) => ({
          value: one.id,
          label: formatAside(words, nameWithin(one, tree).join(''), own.kind[one.kind]),
        }))}
        error={asked && parent === '' ? own.chooseMissing : undefined}
        onInput={setParent}
      />
      <Notice>
        <p>{own.assignWhat}</p>
        <p>{own.lateFollows}</p>
      </Notice>
    </FormPage>
  )
}
