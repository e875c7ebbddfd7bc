/**
 * A grid made where a roster names one that no place has: by the office's own act, so that it is made once however often
 * it is asked for, and stands in the tree of places like any other. An import can write to it as soon as this device has it.
 */
import { mayKeepPlaces } from '#domain/permission-of-places.ts'
import { mayStandUnder } from '#domain/place-rules.ts'
import type { Rec, Register } from '#app/register/register.ts'
import { actDone, actOf } from './act-meant.ts'
import { isUnanswered } from './act-problem.ts'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import type { OfficeAnswer } from '#app/acts/office-answer.ts'

type Parts = Pick<
  DeviceParts,
  'register' | 'drafts' | 'work' | 'officeActs' | 'syncActs' | 'session'
>

/** Places under which this account may make a grid; none where it may not. */
export function placesForGrids(
  register: Register,
  role: Parameters<typeof mayKeepPlaces>[0] | undefined,
): readonly Rec<'place'>[] {
  if (!role || !mayKeepPlaces(role, 'grid')) return []
  return [...register.all('place')].filter(
    ({ fields }) => !fields.closed && mayStandUnder('grid', fields.placeKind),
  )
}

/** The new grid's id, once the office has made it and this device has fetched it. */
export async function makeGrid(
  app: Parts,
  parent: string,
  name: string,
): Promise<OfficeAnswer<string>> {
  const office = await app.officeActs.places()
  if (!office.ok) return office
  const meant = `add/${parent}/${name}`
  const place = actOf(app.drafts, `${meant}/place`, { parent, name }, () => app.work.newId())
  const content = { place, parent, placeKind: 'grid' as const, name, code: null }
  const act = actOf(app.drafts, meant, content, () => app.work.newId())
  const answer = await office.value.act('add', { ...content, act })
  // Made before, and the answer was lost.
  const isThere = answer.ok || answer.problem === 'record-exists'
  if (!isThere) {
    if (!isUnanswered(answer.problem)) forget(app, meant)
    return answer
  }
  await arrived(app, place)
  forget(app, meant)
  return { ok: true, value: place }
}

function forget({ drafts }: Pick<DeviceParts, 'drafts'>, meant: string): void {
  actDone(drafts, meant)
  actDone(drafts, `${meant}/place`)
}

function arrived(
  { register, syncActs }: Pick<DeviceParts, 'register' | 'syncActs'>,
  place: string,
) {
  return new Promise<void>((resolve) => {
    const look = () => {
      if (!register.get('place', place)) return
      stop()
      resolve()
    }
    const stop = register.subscribe(look)
    syncActs.syncNow()
    look()
  })
}
