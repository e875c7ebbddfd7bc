import type { ComponentChildren } from 'preact'
import type { Rec } from '#app/views/records.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { useFormWords } from '#app/ui/forms/form-words.ts'
import type { PageProps } from '#app/ui/route.ts'
import { firstPages } from '#app/links/first.ts'
import { Gone } from './Gone.tsx'

/** The dwelling that the address names, or the word that it is gone. */
export function OfDwelling(props: {
  readonly params: PageProps['params']
  readonly children: (dwelling: Rec<'dwelling'>) => ComponentChildren
}) {
  const app = useParts('register')
  const words = useFormWords()
  const dwelling = useRegister(app, (register) =>
    register.get('dwelling', props.params['dwelling'] ?? ''),
  )
  if (!dwelling) return <Gone title={words.forms.dwelling.title} back={firstPages.grid()} />
  return <>{props.children(dwelling)}</>
}
