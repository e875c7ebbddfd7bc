import type { ComponentChildren } from 'preact'
import { mayImport } from '#domain/permission.ts'
import { mayKeepPlaces } from '#domain/permission-of-places.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { Empty } from '#app/ui/kit/Notice.tsx'
import { isPartHere } from '#app/views/held-here.ts'
import { useFirstStepWords } from './first-step-words.ts'
import { placesPages } from '#app/links/places.ts'
import { officePages } from '#app/links/office.ts'

/** What an office without places, or without anybody in them, does next; `children` for everybody else. */
export function FirstStep(props: { readonly children?: ComponentChildren }) {
  const app = useParts('session', 'register')
  const own = useFirstStepWords()
  const role = useStore(app.session, (session) => session.account?.role)
  const hasGrids = useRegister(app, (register) => register.grids().length > 0)
  const hasBuildings = useRegister(app, (register) => {
    // What stands in a grid that is not here nobody can say.
    if (isPartHere(register)) return true
    for (const _ of register.all('building')) return true
    return false
  })
  const step = stepOf(role, hasGrids, hasBuildings)
  if (step === null) return <>{props.children}</>
  const { title, hint, go } = own[step]
  return (
    <Empty title={title} icon="home">
      <p>{hint}</p>
      <ButtonLink
        look="primary"
        href={step === 'places' ? placesPages.places() : officePages.importRoster()}
      >
        {go}
      </ButtonLink>
    </Empty>
  )
}

function stepOf(
  role: Parameters<typeof mayImport>[0] | undefined,
  hasGrids: boolean,
  hasBuildings: boolean,
): 'places' | 'roster' | null {
  if (role === undefined || hasBuildings) return null
  if (!hasGrids) return mayKeepPlaces(role, 'grid') ? 'places' : null
  return mayImport(role) ? 'roster' : null
}
