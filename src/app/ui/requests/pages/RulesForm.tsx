import type { ComponentChildren } from 'preact'
import { FormPage } from '#app/ui/forms/FormPage.tsx'
import { TextField } from '#app/ui/kit/Field.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Soft } from '#app/ui/kit/Part.tsx'
import { Page } from '#app/ui/Page.tsx'
import { useRulesWords } from './rules-words.ts'
import { rulesBack, type useRulesEditor } from './use-rules-editor.ts'

/** The form of a catalogue or a calendar: which version is in force, whether a colleague saved another one, and its name. */
export function RulesForm(props: {
  readonly title: string
  readonly hint: string
  readonly version: number
  readonly editor: ReturnType<typeof useRulesEditor<{ readonly name: string }>>
  /** Shown once somebody asked to save. */
  readonly showErrors: boolean
  readonly errors: number
  readonly isNameless: boolean
  readonly onSave: () => void
  readonly children: ComponentChildren
}) {
  const own = useRulesWords()
  const { editor, showErrors } = props
  return (
    <FormPage
      title={props.title}
      back={rulesBack}
      saveLabel={own.save}
      saving={editor.saving}
      errors={showErrors ? props.errors : 0}
      draft={editor}
      onSave={props.onSave}
    >
      <Soft>
        {own.version(props.version)}
        {props.hint}
      </Soft>
      {editor.isBehind && <Notice tone="alarm">{own.moved}</Notice>}
      <TextField
        label={own.name}
        maxLength={40}
        value={editor.values.name}
        onInput={(name) => editor.set({ name })}
        error={showErrors && props.isNameless ? own.missing : undefined}
      />
      {props.children}
    </FormPage>
  )
}

/** For whoever may change neither. */
export function OnlyAdministrators(props: { readonly title: string }) {
  const own = useRulesWords()
  return (
    <Page title={props.title} back={rulesBack}>
      <Notice>{own.onlyAdmin}</Notice>
    </Page>
  )
}
