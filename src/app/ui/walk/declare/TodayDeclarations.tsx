import { useParts } from '#app/acts/use-parts.ts'
import { walkPages } from '#app/links/walk.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { Group } from '#app/ui/kit/Row.tsx'
import { useDeclarationWords } from '#app/ui/words/declaration-words.ts'
import { openDeclarations } from '#app/views/declarations.ts'
import { DeclarationRow } from './DeclarationRow.tsx'

/** So many stand below the list of today, and more where the plan has more of them for today; the others on their own page. */
const FEW = 2
const MOST = 12

/** Who came or left, as somebody said: to be looked at within three working days. */
export function TodayDeclarations(props: {
  readonly day: string
  readonly grid: string | undefined
  /** How many doors of them the plan has for today. */
  readonly planned: number
}) {
  const { day, grid } = props
  const few = Math.min(Math.max(FEW, props.planned), MOST)
  const app = useParts('register')
  const own = useDeclarationWords()
  const open = useRegister(app, (register) => openDeclarations(register, { grid }), [grid])
  if (open.length === 0) return null
  const late = open.filter(({ due }) => due < day).length
  return (
    <>
      <Group head={own.open(open.length)} {...(late > 0 && { aside: own.late(late) })}>
        {open.slice(0, few).map((one) => (
          <DeclarationRow key={one.claim.id} open={one} day={day} />
        ))}
      </Group>
      {open.length > few && (
        <ButtonLink wide href={walkPages.declarations()}>
          {own.more(open.length - few)}
        </ButtonLink>
      )}
    </>
  )
}
