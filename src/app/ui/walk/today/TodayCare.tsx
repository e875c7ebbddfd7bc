import { useState } from 'preact/hooks'
import { maskName } from '#domain/mask.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { walkPages } from '#app/links/walk.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { formatDay } from '#app/ui/format.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Group, Row } from '#app/ui/kit/Row.tsx'
import { careToText, useCareWords } from '#app/ui/words/care-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { usePolicy } from '#app/ui/pieces/policy-in-force.ts'
import { careDue, type DueCare } from '#app/views/care.ts'
import { doorOfHousehold } from '#app/views/door.ts'

/** So many stand under the list of today, which has their doors among its stops; the others on demand. */
const FEW = 2

/** Whose care is to be looked at by today: each opens what was arranged. */
export function TodayCare(props: { readonly day: string; readonly grid: string | undefined }) {
  const app = useParts('register')
  const own = useCareWords()
  const { day, grid } = props
  const [isAll, setAll] = useState(false)
  const due = useRegister(app, (register) => careDue(register, day, grid), [day, grid])
  const isOff = usePolicy().off.includes('cares')
  if (isOff || due.length === 0) return null
  return (
    <>
      <Group head={own.due(due.length)}>
        {due.slice(0, isAll ? due.length : FEW).map((one) => (
          <CareStop key={one.care.id} due={one} day={day} />
        ))}
      </Group>
      {!isAll && due.length > FEW && (
        <Button wide onClick={() => setAll(true)}>
          {own.more(due.length - FEW)}
        </Button>
      )}
    </>
  )
}

function CareStop(props: { readonly due: DueCare; readonly day: string }) {
  const app = useParts('register')
  const words = useWords()
  const { due, day } = props
  const [name, door] = useRegister(app, (register) => [
    register.get('resident', due.resident)?.fields.name ?? '',
    doorOfHousehold(register, due.household),
  ])
  return (
    <Row
      title={door}
      name={maskName(name ?? '')}
      aside={formatDay(words, due.on, day)}
      isLate={due.on < day}
      under={careToText(words, due.care)}
      href={walkPages.care(due.resident, due.care.id)}
    />
  )
}
