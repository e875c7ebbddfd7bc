import type { Rec } from '#app/views/records.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'

/** Who lives in a household, as forms look at them: whom a child's guardian may be, and whose relation is whose. */
export function useFamily(home: string, but?: string): readonly Rec<'resident'>['fields'][] {
  const app = useParts('register')
  return useRegister(
    app,
    (register) =>
      register.residents(home).flatMap(({ id, fields }) => (id === but ? [] : [fields])),
    [home, but],
  )
}
