import { useState } from 'preact/hooks'
import type { Catalogue, Item } from '#domain/requests/catalogue.ts'
import { catalogueHere, unitsHere } from '#app/views/request-rules.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { FormPage } from '#app/ui/forms/FormPage.tsx'
import { Button } from '#app/ui/kit/Button.tsx'
import { TextField } from '#app/ui/kit/Field.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Page } from '#app/ui/Page.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { isWholeItem, ItemFields } from './ItemFields.tsx'
import { RulesPreview } from './RulesPreview.tsx'
import { useRulesWords } from './rules-words.ts'
import styles from '#app/ui/pieces/requests/Requests.module.css'
import { rulesBack, useRulesEditor, useRulesPlace } from './use-rules-editor.ts'

/** 事项清单: which kinds there are, who acts on them, within which limits. Saved whole, as a version of its own. */
export function CatalogueEdit() {
  const own = useRulesWords()
  const app = useParts('register')
  const place = useRulesPlace()
  const catalogue = useRegister(app, (register) => catalogueHere(register))
  if (!place) {
    return (
      <Page title={own.catalogue} back={rulesBack}>
        <Notice>{own.onlyAdmin}</Notice>
      </Page>
    )
  }
  const version = catalogue?.catalogueVersion ?? 0
  return <Editor key={version} place={place} newest={catalogue} version={version} />
}

interface Values {
  readonly name: string
  readonly items: readonly Item[]
}

function Editor(props: {
  readonly place: string
  readonly newest: Catalogue | null
  readonly version: number
}) {
  const app = useParts('register', 'work')
  const words = useWords()
  const own = useRulesWords()
  const { place, newest, version } = props
  const units = useRegister(app, unitsHere)
  const [open, setOpen] = useState<string | null>(null)
  const [showErrors, setShowErrors] = useState(false)
  const editor = useRulesEditor<Values>('catalogue', place, version, () => ({
    name: newest?.name ?? own.catalogue,
    items: newest?.items ?? [],
  }))
  const { values } = editor
  const wrong = values.items.filter((item) => !isWholeItem(item))
  const isNameless = values.name.trim() === ''
  const errors = wrong.length + (isNameless ? 1 : 0)
  const fields: Catalogue = {
    ...newest,
    name: values.name.trim(),
    catalogueVersion: version + 1,
    units: units.map(({ id, name }) => ({ id, name })),
    items: [...values.items],
  }
  const change = (id: string, more: Partial<Item>) =>
    editor.set({
      items: values.items.map((one) => (one.id === id ? { ...one, ...more } : one)),
    })
  const add = () => {
    const id = app.work.newId(place)
    const last = values.items.at(-1)
    const item: Item = {
      ...{ id, name: '', nameEn: '', level: 'ordinary' },
      ...{ group: last?.group ?? '', groupEn: last?.groupEn ?? '' },
    }
    editor.set({ items: [...values.items, item] })
    setOpen(id)
  }
  const save = () => {
    setShowErrors(true)
    if (errors === 0 && !editor.isBehind) editor.save(fields)
    else setOpen(wrong[0]?.id ?? open)
  }
  return (
    <FormPage
      title={own.catalogue}
      back={rulesBack}
      saveLabel={own.save}
      saving={editor.saving}
      errors={showErrors ? errors : 0}
      restored={editor.restored}
      onClear={editor.clear}
      onSave={save}
    >
      <p class={styles.soft}>
        {own.version(version)} · {own.catalogueHint}
      </p>
      {editor.isBehind && <Notice tone="alarm">{own.moved}</Notice>}
      <TextField
        label={own.name}
        maxLength={40}
        value={values.name}
        onInput={(name) => editor.set({ name })}
        error={showErrors && isNameless ? own.missing : undefined}
      />
      {values.items.length === 0 && <p>{own.noItems}</p>}
      <ul class={styles.list}>
        {values.items.map((item) => (
          <li key={item.id} class={styles.part}>
            <details
              open={open === item.id}
              onToggle={({ currentTarget }) => {
                if (currentTarget.open) setOpen(item.id)
                else if (open === item.id) setOpen(null)
              }}
            >
              <summary class={styles.head}>
                {(words.language === 'en' ? item.nameEn : item.name) || own.fresh}
                {showErrors && !isWholeItem(item) && ` · ${own.missing}`}
              </summary>
              {open === item.id && (
                <div class={styles.fields}>
                  <ItemFields
                    item={item}
                    units={units}
                    showErrors={showErrors}
                    onChange={(more) => change(item.id, more)}
                  />
                  <Button
                    look="danger"
                    wide
                    onClick={() =>
                      editor.set({ items: values.items.filter(({ id }) => id !== item.id) })
                    }
                  >
                    {own.remove}
                  </Button>
                </div>
              )}
            </details>
          </li>
        ))}
      </ul>
      <Button wide icon="plus" onClick={add}>
        {own.add}
      </Button>
      <RulesPreview place={place} draft={{ catalogue: fields }} disabled={errors > 0} />
    </FormPage>
  )
}
