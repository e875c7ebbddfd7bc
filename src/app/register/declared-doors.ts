/** Doors that somebody declared an arrival or a departure of: each is to be looked at, and so is a part of the day's work. */
import { instantToDay, type Day } from '#domain/day.ts'
import { declarationDue } from '#domain/declaration.ts'
import type { WorkingCalendar } from '#domain/working-days.ts'
import type { DeclaredDoor, Rec, Register } from './register.ts'

type Claim = Rec<'arrival'> | Rec<'departure'>

/** The day on which somebody said it: its clock runs from there. */
export function saidOn({ at, fields }: Claim): Day {
  return at ? instantToDay(at) : fields.from
}

/**
 * As they stand on `day`: each door once, by the claim that is due first; done where all of them were answered and one of
 * them that day. Doors with nothing open, and nothing answered that day, are left out.
 */
export function declaredDoors(
  register: Pick<Register, 'all'>,
  calendar: WorkingCalendar,
  day: Day,
): Iterable<DeclaredDoor> {
  const answered = new Map<string, Day>()
  for (const { fields } of register.all('declaration-answer')) {
    answered.set(fields.declaration, fields.on)
  }
  const doors = new Map<string, DeclaredDoor>()
  for (const kind of ['arrival', 'departure'] as const) {
    for (const claim of register.all(kind) as Iterable<Claim>) {
      const answer = answered.get(claim.id)
      if (answer !== undefined && answer !== day) continue
      const { dwelling } = claim.fields
      const one: DeclaredDoor = {
        ...{ stream: claim.stream, dwelling, isDone: answer !== undefined },
        on: declarationDue(saidOn(claim), calendar),
      }
      const held = doors.get(dwelling)
      const isFirst = !held || (held.isDone === one.isDone ? one.on < held.on : held.isDone)
      if (isFirst) doors.set(dwelling, one)
    }
  }
  return doors.values()
}
