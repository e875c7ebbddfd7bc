import { useState } from 'preact/hooks'
import type { Catalogue, Item } from '#domain/requests/catalogue.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { catalogueHere, unitsHere } from '#app/views/request-rules.ts'
import { catalogueShown, freshItem, type CatalogueDraft } from '#app/views/rules-draft.ts'
import { ItemList } from './ItemList.tsx'
import { RulesPreview } from './RulesPreview.tsx'
import { useRulesWords } from './rules-words.ts'
import { OnlyAdministrators, RulesForm } from './RulesForm.tsx'
import { useRulesEditor, useRulesPlace } from './use-rules-editor.ts'

/** 事项清单: which kinds there are, who acts on them, within which limits. Saved whole, as a version of its own. */
export function CatalogueEdit() {
  const own = useRulesWords()
  const app = useParts('register')
  const place = useRulesPlace()
  const catalogue = useRegister(app, (register) => catalogueHere(register))
  if (!place) return <OnlyAdministrators title={own.catalogue} />
  const version = catalogue?.catalogueVersion ?? 0
  return <Editor key={version} place={place} newest={catalogue} version={version} />
}

function Editor(props: {
  readonly place: string
  readonly newest: Catalogue | null
  readonly version: number
}) {
  const app = useParts('register', 'work')
  const own = useRulesWords()
  const { place, newest, version } = props
  const units = useRegister(app, unitsHere)
  const [open, setOpen] = useState<string | null>(null)
  const [showErrors, setShowErrors] = useState(false)
  const editor = useRulesEditor<CatalogueDraft>('catalogue', place, version, () => ({
    name: newest?.name ?? own.catalogue,
    items: newest?.items ?? [],
  }))
  const { items } = editor.values
  const { wrong, isNameless, errors, fields } = catalogueShown(newest, editor.values, units)
  const change = (id: string, more: Partial<Item>) =>
    editor.set({ items: items.map((one) => (one.id === id ? { ...one, ...more } : one)) })
  const add = () => {
    const item = freshItem(app.work.newId(place), items)
    editor.set({ items: [...items, item] })
    setOpen(item.id)
  }
  const save = () => {
    setShowErrors(true)
    if (errors === 0 && !editor.isBehind) editor.save(fields)
    else setOpen(wrong[0]?.id ?? open)
  }
  return (
    <RulesForm
      title={own.catalogue}
      hint={own.catalogueHint}
      version={version}
      editor={editor}
      showErrors={showErrors}
      errors={errors}
      isNameless={isNameless}
      onSave={save}
    >
      {items.length === 0 && <p>{own.noItems}</p>}
      <ItemList
        items={items}
        units={units}
        open={open}
        showErrors={showErrors}
        onOpen={setOpen}
        onChange={change}
        onRemove={(id) => editor.set({ items: items.filter((one) => one.id !== id) })}
      />
      <Button wide icon="plus" onClick={add}>
        {own.add}
      </Button>
      <RulesPreview place={place} draft={{ catalogue: fields }} disabled={errors > 0} />
    </RulesForm>
  )
}
