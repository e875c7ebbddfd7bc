import { mePages } from '#app/links/me.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { countGridsHeld } from '#app/views/held-here.ts'
import { useHeldWords } from './held-words.ts'

/** Over what a list ranges, where this device holds a part of its account's grids; nothing where it holds all. */
export function RangeNote(props: {
  /** In other words, where the page tells more than this device holds. */
  readonly said?: (here: number, all: number) => string
}) {
  const app = useParts('register')
  const own = useHeldWords()
  const { grids, allGrids } = useRegister(app, countGridsHeld, [])
  if (grids === allGrids) return null
  return (
    <Notice>
      <p>{(props.said ?? own.range)(grids, allGrids)}</p>
      <ButtonLink href={mePages.held()}>{own.choose}</ButtonLink>
    </Notice>
  )
}
