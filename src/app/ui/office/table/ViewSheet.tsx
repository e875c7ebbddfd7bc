import { useState } from 'preact/hooks'
import type { View } from '#domain/view.ts'
import type { Intent } from '#app/acts/intent.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { useSave } from '#app/ui/forms/use-save.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { TextField } from '#app/ui/kit/Field.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Sheet as Panel } from '#app/ui/kit/Sheet.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { officePlace } from '#app/views/office-place.ts'
import styles from './Table.module.css'
import { stateToView } from '#app/views/table-state.ts'
import { useTableWords } from './table-words.ts'
import type { Table } from './use-table.ts'
import { viewsOf } from '#app/views/table-views.ts'

const mostName = 40
const mostTitle = 80

/** Saves the table as it stands under a name, for everybody of the office; or puts a view away. */
export function ViewSheet(props: {
  readonly table: Table
  readonly isSearched: boolean
  readonly onClose: () => void
}) {
  const app = useParts('session', 'register', 'work')
  const words = useWords()
  const own = useTableWords()
  const saving = useSave()
  const { table } = props
  const { sheet, state } = table
  const account = useStore(app.session, (session) => session.account)
  const place = useRegister(app, (register) => officePlace(register, account), [account])
  const view = useRegister(
    app,
    (register) => viewsOf(register, sheet).find(({ id }) => id === state.view),
    [sheet, state.view],
  )
  const [name, setName] = useState(view?.fields.name ?? '')
  const [title, setTitle] = useState(view?.fields.title ?? '')
  const [tried, setTried] = useState(false)
  const nameError =
    name.trim() === ''
      ? own.nameMissing
      : name.trim().length > mostName
        ? own.tooLong(mostName)
        : undefined
  const titleError = title.trim().length > mostTitle ? own.tooLong(mostTitle) : undefined
  const fields: View = {
    ...stateToView(sheet, state),
    name: name.trim(),
    title: title.trim() || null,
  }

  const save = (id: string, intent: Intent) => {
    setTried(true)
    if (nameError || titleError) return
    saving.run([intent], () => {
      table.change({ view: id })
      props.onClose()
    })
  }
  const saveNew = () => {
    if (!place) return
    const id = app.work.newId(place)
    save(id, { op: 'create', kind: 'view', record: id, stream: place, fields })
  }
  const overwrite = () => {
    if (!view) return
    save(view.id, { op: 'patch', kind: 'view', record: view.id, fields, shown: view })
  }
  const putAway = () => {
    if (!view) return
    const intent: Intent = {
      op: 'patch',
      kind: 'view',
      record: view.id,
      fields: { closed: true },
      shown: view,
    }
    saving.run([intent], () => {
      table.change({ view: null })
      props.onClose()
    })
  }

  return (
    <Panel title={own.viewTitle} closeLabel={words.shell.close} onClose={props.onClose}>
      <div class={styles.form}>
        <TextField
          label={own.viewName}
          hint={own.viewNameHint}
          required={words.shell.required}
          maxLength={mostName}
          value={name}
          error={tried ? nameError : undefined}
          onInput={setName}
        />
        <TextField
          label={own.viewHeading}
          hint={own.viewHeadingHint}
          maxLength={mostTitle}
          value={title}
          error={titleError}
          onInput={setTitle}
        />
        {props.isSearched && <p class={styles.soft}>{own.textNotKept}</p>}
        {place === null && <Notice>{own.noPlace}</Notice>}
        {saving.problem && <Notice tone="alarm">{words.problems[saving.problem]}</Notice>}
        {view && (
          <Button wide look="primary" busy={saving.busy} onClick={overwrite}>
            {own.overwrite(view.fields.name)}
          </Button>
        )}
        <Button
          wide
          {...(view ? {} : { look: 'primary' as const })}
          busy={saving.busy}
          disabled={place === null}
          onClick={saveNew}
        >
          {own.saveNew}
        </Button>
        {view && (
          <Button wide look="danger" busy={saving.busy} onClick={putAway}>
            {own.putAway(view.fields.name)}
          </Button>
        )}
      </div>
    </Panel>
  )
}
