import { isHere } from '#domain/vehicle.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { walkPages } from '#app/links/walk.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatDay } from '#app/ui/format.ts'
import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { Group, Row } from '#app/ui/kit/Row.tsx'
import { usePolicy } from '#app/ui/pieces/policy-in-force.ts'
import { useVehicleWords } from '#app/ui/words/vehicle-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { endedVehiclesOfDwelling, vehiclesOfDwelling } from '#app/views/plates.ts'

/** On a dwelling's page: the plates of its people; nothing where the village has no gates. */
export function VehicleList(props: { readonly dwelling: string }) {
  const app = useParts('register', 'today')
  const own = useVehicleWords()
  const words = useWords()
  const { dwelling } = props
  const day = useStore(app.today, (store) => store.day)
  const hasGates = usePolicy().gates === true
  const vehicles = useRegister(app, (register) => vehiclesOfDwelling(register, dwelling), [
    dwelling,
  ])
  const ended = useRegister(app, (register) => endedVehiclesOfDwelling(register, dwelling), [
    dwelling,
  ])
  if (!hasGates && vehicles.length + ended.length === 0) return null
  return (
    <>
      {vehicles.length > 0 && (
        <Group head={own.title}>
          {vehicles.map(({ id, fields }) => {
            const isOver = !isHere(fields, day)
            const until = fields.until ? formatDay(words, fields.until, day) : ''
            return (
              <Row
                key={id}
                title={fields.plate}
                name={own.kinds[fields.vehicleKind]}
                aside={until && (isOver ? own.over(until) : own.untilOn(until))}
                isLate={isOver}
                href={walkPages.vehicle(dwelling, id)}
              />
            )
          })}
        </Group>
      )}
      {ended.length > 0 && (
        <Group head={own.ended}>
          {ended.map(({ id, fields }) => {
            const { endedOn, endedWhy } = fields
            const why = endedWhy ? own.endedWhys[endedWhy] : !endedOn && own.endedWhys.left
            return (
              <Row
                key={id}
                title={fields.plate}
                name={why || own.kinds[fields.vehicleKind]}
                aside={endedOn && own.endedOn(formatDay(words, endedOn, day))}
              />
            )
          })}
        </Group>
      )}
      {hasGates && (
        <ButtonLink icon="plus" href={walkPages.addVehicle(dwelling)}>
          {own.add}
        </ButtonLink>
      )}
    </>
  )
}
