/**
 * Separate residence 人户分离: one person with the hukou behind one door and the life behind another one. Two records
 * of such a person are no mistake; they are told apart by what each says of its own door.
 */
import { parseDoor, type DoorParts } from './address.ts'
import { isPresent, type Resident } from './resident.ts'

/** A record with the door that it stands behind, in words; '' where the door is not known. */
export interface AtDoor {
  readonly fields: Resident
  readonly door: string
}

/** Residence (table living_status) of the record where the person lives, and of the one where only the hukou is. */
export const livesHereHukouElsewhere = '2'
export const hukouHereLivesElsewhere = '3'

/**
 * Which of two records of one person is the one where they live, if the other one is where the hukou is; null where
 * nothing says that this is a separate residence.
 */
export function livingOneOf(a: AtDoor, b: AtDoor): 'a' | 'b' | null {
  if (!isPresent(a.fields) || !isPresent(b.fields)) return null
  if (a.fields.household === b.fields.household) return null
  const isLivingOne = (one: AtDoor, other: AtDoor) =>
    other.fields.residence === hukouHereLivesElsewhere
      ? one.fields.residence !== hukouHereLivesElsewhere
      : one.fields.residence === livesHereHukouElsewhere &&
        other.fields.residence !== livesHereHukouElsewhere &&
        isHukouAt(one.fields.hukouAddress, other.door)
  if (isLivingOne(a, b)) return 'a'
  return isLivingOne(b, a) ? 'b' : null
}

/** Whether a hukou address as somebody wrote it names this door. */
export function isHukouAt(address: string | null | undefined, door: string): boolean {
  const written = address ? readDoor(address) : null
  const known = readDoor(door)
  if (!written || !known || known.building === null) return false
  if (written.building !== known.building || written.room !== known.room) return false
  // What one of them leaves out says nothing.
  const fits = (one: string | null, other: string | null) => !one || !other || one === other
  return fits(written.unit, known.unit) && (!written.estate || door.includes(written.estate))
}

/** An address begins with province, city and road: the door is what stands from the estate on. */
function readDoor(text: string): DoorParts | null {
  const tail = /(?:[\p{Script=Han}]*(?:省|市|区|县|街道|镇|乡))?(.*)$/u.exec(
    text.replace(/\s/g, ''),
  )
  return parseDoor(tail?.[1] ?? '')
}
