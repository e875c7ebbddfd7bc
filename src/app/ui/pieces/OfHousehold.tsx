import type { ComponentChildren } from 'preact'
import type { Rec } from '#app/views/records.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import type { PageProps } from '#app/ui/route.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { firstPages } from '#app/links/first.ts'
import { Gone } from './Gone.tsx'

/** The household that the address names, or the word that it is gone. */
export function OfHousehold(props: {
  readonly params: PageProps['params']
  readonly children: (home: Rec<'household'>) => ComponentChildren
}) {
  const app = useParts('register')
  const words = useWords()
  const home = useRegister(app, (register) =>
    register.get('household', props.params['household'] ?? ''),
  )
  if (!home) return <Gone title={words.household.gone} back={firstPages.today()} />
  return <>{props.children(home)}</>
}
