import type { ComponentChildren } from 'preact'
import type { Rec } from '#app/views/records.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { Gone } from '#app/ui/pieces/Gone.tsx'
import type { PageProps } from '#app/ui/route.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { firstPages } from '#app/links/first.ts'

/** The household that the address names, or the household of the resident whom it names; or the word that they are gone. */
export function OfLeaver(props: {
  readonly params: PageProps['params']
  readonly children: (
    home: Rec<'household'>,
    person: Rec<'resident'> | undefined,
  ) => ComponentChildren
}) {
  const app = useParts('register')
  const words = useWords()
  const { household, resident } = props.params
  const person = useRegister(app, (register) =>
    resident ? register.get('resident', resident) : undefined,
  )
  const home = useRegister(app, (register) =>
    register.get('household', household ?? person?.fields.household ?? ''),
  )
  if (!home || (resident && !person))
    return <Gone title={words.household.gone} back={firstPages.today()} />
  return <>{props.children(home, person)}</>
}
