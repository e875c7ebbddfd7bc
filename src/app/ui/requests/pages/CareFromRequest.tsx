import { walkPages } from '#app/links/walk.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { usePolicy } from '#app/ui/pieces/policy-in-force.ts'
import { useCareWords } from '#app/ui/words/care-words.ts'
import { formatAside } from '#app/ui/format.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { maskName } from '#domain/mask.ts'
import { residentsOfRequest } from '#app/views/care.ts'

/** From a request to care for whom it is about or from, in one tap; nothing where the office arranges none. */
export function CareFromRequest(props: { readonly request: string }) {
  const app = useParts('register')
  const own = useCareWords()
  const words = useWords()
  const isOff = usePolicy().off.includes('cares')
  const residents = useRegister(app, (register) => residentsOfRequest(register, props.request), [
    props.request,
  ])
  if (isOff) return null
  return (
    <>
      {residents.map(({ id, fields }) => (
        <ButtonLink key={id} icon="plus" href={`${walkPages.addCare(id)}?request=${props.request}`}>
          {formatAside(words, own.add, maskName(fields.name))}
        </ButtonLink>
      ))}
    </>
  )
}
