import { useState } from 'preact/hooks'
import { revealPurposes, type RevealPurpose } from '#domain/reveal.ts'
import type { Rec } from '#app/views/records.ts'
import type { RevealAnswer } from '#app/acts/work.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { residentChanges } from '#app/acts/household-intents.ts'
import { FormPage } from '#app/ui/forms/FormPage.tsx'
import { missingGuardian } from '#app/views/guardians.ts'
import {
  changesOf,
  differing,
  missingConsents,
  problemsOf,
  type ResidentValues,
} from '#app/views/resident-values.ts'
import { ResidentFields } from '#app/ui/forms/ResidentFields.tsx'
import { useDraft } from '#app/ui/forms/use-draft.ts'
import { useFormSave } from '#app/ui/forms/use-form-save.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { SwitchField } from '#app/ui/kit/Field.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Page } from '#app/ui/Page.tsx'
import { Gone } from '#app/ui/pieces/Gone.tsx'
import { usePolicy } from '#app/ui/pieces/policy-in-force.ts'
import { Withheld } from '#app/ui/pieces/Withheld.tsx'
import type { PageProps } from '#app/ui/route.ts'
import { useFormWords } from '#app/ui/forms/form-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import styles from '#app/ui/forms/FormPage.module.css'
import { walkPages } from '#app/links/walk.ts'
import { firstPages } from '#app/links/first.ts'
import { useFamily } from './use-family.ts'

/** Changes what changed. The form shows name and numbers in full, so it asks for a purpose first, and logs it. */
export function ResidentEdit(props: PageProps) {
  const app = useParts('register')
  const words = useWords()
  const id = props.params['resident'] ?? ''
  const resident = useRegister(app, (register) => register.get('resident', id))
  const [open, setOpen] = useState(false)
  if (!resident) return <Gone title={words.resident.gone} back={firstPages.today()} />
  if (!open) return <AskPurpose resident={resident.id} onOpen={() => setOpen(true)} />
  return <Edit resident={resident} />
}

function AskPurpose(props: { readonly resident: string; readonly onOpen: () => void }) {
  const app = useParts('work')
  const words = useFormWords()
  const [answer, setAnswer] = useState<RevealAnswer | null>(null)
  const choose = async (purpose: RevealPurpose) => {
    const said = await app.work.reveal(props.resident, 'edit', purpose)
    setAnswer(said)
    if (said === 'logged') props.onOpen()
  }
  return (
    <Page title={words.forms.edit.title} back={walkPages.resident(props.resident)}>
      <div class={styles.form}>
        <p>{words.forms.resident.lookFirst}</p>
        {answer === 'not-logged' && <Notice tone="alarm">{words.household.lookFailed}</Notice>}
        {answer === 'not-approved' && <Withheld />}
        {revealPurposes.map((purpose) => (
          <Button key={purpose} wide onClick={() => void choose(purpose)}>
            {words.facts.purpose[purpose]}
          </Button>
        ))}
      </div>
    </Page>
  )
}

interface Values {
  /** Only what was typed here: a colleague's change of another field shows through. */
  readonly typed: ResidentValues
  readonly visit: boolean
}

function Edit(props: { readonly resident: Rec<'resident'> }) {
  const app = useParts('register', 'work', 'today', 'now')
  const words = useFormWords()
  const { resident } = props
  const page = walkPages.resident(resident.id)
  const day = useStore(app.today, (store) => store.day)
  const draft = useDraft<Values>(`edit/${resident.id}`, () => ({ typed: {}, visit: true }))
  const [nothing, setNothing] = useState(false)
  // What the form showed first is what a merge must compare with, even if the register moves underneath.
  const [shown] = useState(resident)
  const { typed, visit } = draft.value
  const values: ResidentValues = { ...resident.fields, ...typed }
  const policy = usePolicy()
  const family = useFamily(resident.fields.household, resident.id)
  const problems = [
    ...problemsOf(values, day).filter(({ field }) => field in typed),
    ...missingGuardian(policy, resident.fields, values, day),
    ...missingConsents(resident.fields, values),
  ]
  const form = useFormSave(draft, page, problems)
  const changing = () => {
    const changes = changesOf(resident.fields, typed)
    const isNothing = Object.keys(changes).length === 0
    setNothing(isNothing)
    if (isNothing) return null
    const home = app.register.get('household', resident.fields.household)
    return residentChanges(app, shown, changes, (visit && home) || null)
  }
  return (
    <FormPage
      title={words.forms.edit.title}
      back={page}
      saveLabel={words.forms.edit.save}
      saving={form.saving}
      errors={form.errors}
      draft={draft}
      onSave={() => form.save(changing)}
    >
      {nothing && <Notice>{words.forms.edit.nothing}</Notice>}
      <ResidentFields
        values={values}
        family={family}
        self={resident.id}
        problems={form.showErrors ? problems : []}
        onChange={(next) =>
          draft.set((before) => ({ ...before, typed: differing(resident.fields, next) }))
        }
      />
      <SwitchField
        label={words.forms.visitToo}
        checked={visit}
        onInput={(checked) => draft.set((before) => ({ ...before, visit: checked }))}
      />
    </FormPage>
  )
}
