/** How a form of one draft ends: errors show once somebody asked to save, and what is saved ends the draft and leads back. */
import { useState } from 'preact/hooks'
import type { FieldProblem } from '#domain/field.ts'
import type { Intent } from '#app/acts/intent.ts'
import type { PhotoOf } from '#app/acts/photos.ts'
import { useBack } from '#app/ui/Page.tsx'
import { useFormWords } from './form-words.ts'
import type { Draft } from './use-draft.ts'
import { useSave } from './use-save.ts'

/** Photographs that were taken for a form, as far as its save knows them. */
interface TakenPhotos {
  intents(of: PhotoOf): Promise<readonly Intent[]>
  saved(intents: readonly Intent[]): void
}

/** What is wrong with a field, in the words of the form itself. */
export interface SaidProblem {
  readonly field: string
  readonly says: string
}

export function useFormSave(
  draft: Pick<Draft<object>, 'done'>,
  back: string,
  problems: readonly (FieldProblem | SaidProblem)[],
) {
  const words = useFormWords()
  const [showErrors, setShowErrors] = useState(false)
  const saving = useSave()
  const goBack = useBack(back)
  const end = () => {
    draft.done()
    goBack()
  }
  const run = (intents: readonly Intent[]) => saving.run(intents, end)
  return {
    saving,
    showErrors,
    /** For the page: how many fields are wrong, once that was asked. */
    errors: showErrors ? problems.length : 0,
    errorOf(field: string): string | undefined {
      const found = showErrors ? problems.find((one) => one.field === field) : undefined
      return found && ('says' in found ? found.says : words.fieldProblem(found))
    },
    /** Whatever the fields say. */
    run,
    /** Null where there is nothing to save. */
    save(intents: () => readonly Intent[] | null | undefined) {
      setShowErrors(true)
      const made = problems.length === 0 ? intents() : null
      if (made) run(made)
    },
    /** With the photographs that were taken for it, in one batch; null where there is nothing to save. */
    saveWith(
      photos: TakenPhotos,
      make: () => { readonly of: PhotoOf; readonly intents: readonly Intent[] } | null,
    ) {
      setShowErrors(true)
      const made = problems.length === 0 ? make() : null
      if (!made) return
      void photos.intents(made.of).then((pictures) =>
        saving.run([...made.intents, ...pictures], () => {
          photos.saved(pictures)
          end()
        }),
      )
    },
  }
}
