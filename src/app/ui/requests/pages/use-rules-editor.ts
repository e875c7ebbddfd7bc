/** What the editors of the catalogue and the calendar share: for whom they are, a draft on disk, and the save. */
import { maySaveCatalogue } from '#domain/permission.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { useDraft } from '#app/ui/forms/use-draft.ts'
import { useSave } from '#app/ui/forms/use-save.ts'
import { useBack } from '#app/ui/Page.tsx'
import { requestsPages } from '#app/links/requests.ts'

export const rulesBack = requestsPages.requestFigures()

/** The subdistrict whose catalogue and calendar an account saves; null where it saves none. */
export function useRulesPlace(): string | null {
  const app = useParts('session', 'register')
  const role = useStore(app.session, (session) => session.account?.role)
  const root = useRegister(app, (register) =>
    [...register.all('place')].find(({ fields }) => !fields.parent),
  )
  return role && maySaveCatalogue(role) ? (root?.id ?? null) : null
}

interface Versioned<Values> {
  /** Of the version that the draft began with: whoever saved meanwhile is not overwritten. */
  readonly base: number
  readonly values: Values
}

export function useRulesEditor<Values>(
  kind: 'catalogue' | 'calendar',
  place: string,
  newest: number,
  begin: () => Values,
) {
  const app = useParts('work')
  const draft = useDraft<Versioned<Values>>(kind, () => ({ base: newest, values: begin() }))
  const saving = useSave()
  const goBack = useBack(rulesBack)
  return {
    values: draft.value.values,
    isBehind: draft.value.base !== newest,
    restored: draft.restored,
    clear: draft.clear,
    saving,
    set: (more: Partial<Values>) =>
      draft.set((before) => ({ ...before, values: { ...before.values, ...more } })),
    save(fields: object) {
      const record = app.work.newId(place)
      saving.run(
        [{ op: 'create', kind, record, stream: place, fields: fields as never }],
        () => {
          draft.done()
          goBack()
        },
        { isFinal: true },
      )
    },
  }
}
