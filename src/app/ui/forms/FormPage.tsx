import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { Button } from '../kit/Button.tsx'
import { Notice } from '../kit/Notice.tsx'
import { Page } from '../Page.tsx'
import { useToasts } from '../toasts.ts'
import type { Words } from '../words/zh-CN.ts'
import { useFormWords } from './form-words.ts'
import styles from './FormPage.module.css'

/** One column of fields with the save bar above the keyboard. Errors are counted at the top and stand at their fields. */
export function FormPage(props: {
  readonly title: string
  readonly back: string
  readonly saveLabel: string
  readonly saving: {
    readonly busy: boolean
    readonly problem: keyof Words['problems'] | null
    /** What the form itself says of the problem. */
    readonly said?: string | null
  }
  readonly errors: number
  /** What was typed before and is here again, and how to begin anew. */
  readonly draft?: { readonly restored: boolean; readonly clear: () => void }
  readonly disabled?: boolean
  readonly onSave: () => void
  readonly children: ComponentChildren
}) {
  const words = useFormWords()
  const form = useRef<HTMLFormElement>(null)
  const { saving } = props
  const toasts = useToasts()
  // The way back of another record has no place on this one's form.
  useEffect(() => toasts.hide(), [toasts])
  const submit = (event: Event) => {
    event.preventDefault()
    props.onSave()
    // After the errors are drawn, the first of them is what the person should see.
    requestAnimationFrame(() => {
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
    })
  }
  return (
    <Page
      width="form"
      title={props.title}
      back={props.back}
      foot={
        <>
          {props.errors > 0 && <Notice tone="alarm">{words.forms.fix(props.errors)}</Notice>}
          {saving.problem && (
            <Notice tone="alarm">{saving.said ?? words.problems[saving.problem]}</Notice>
          )}
          <Button
            look="primary"
            wide
            busy={saving.busy}
            disabled={props.disabled === true}
            onClick={() => form.current?.requestSubmit()}
          >
            {saving.busy ? words.shell.saving : props.saveLabel}
          </Button>
        </>
      }
    >
      <form ref={form} class={styles.form} noValidate onSubmit={submit}>
        {props.draft?.restored && (
          <Notice>
            {words.forms.draftFound}
            <Button look="quiet" onClick={props.draft.clear}>
              {words.forms.clear}
            </Button>
          </Notice>
        )}
        {props.children}
        {/* lets the keyboard's own "go" key save */}
        <button type="submit" hidden tabIndex={-1} />
      </form>
    </Page>
  )
}
