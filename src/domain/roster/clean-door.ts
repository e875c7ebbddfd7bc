/** Where a row's people live, from whichever of its columns say so. */
import { normaliseBuildingName, parseDoor, parseRoomQuery } from '../address.ts'
import { isNothing } from './sheet.ts'

/** What a row says of its door; null where it says nothing. Normal forms of `domain/address.ts`. */
export interface RosterDoor {
  readonly grid: string | null
  readonly estate: string | null
  readonly building: string | null
  readonly unit: string | null
  readonly floor: number | null
  readonly room: string | null
}

export interface DoorTexts {
  readonly grid: string
  readonly estate: string
  readonly building: string
  readonly unit: string
  readonly floor: string
  readonly room: string
  readonly address: string
}

/** Columns of their own count before what is written out in an address. */
export function textsToDoor(texts: DoorTexts): RosterDoor {
  const written = isNothing(texts.address) ? null : parseDoor(withoutPlaces(texts.address))
  const ofRoom = isNothing(texts.room) ? null : readRoom(texts.room)
  const ofBuilding = isNothing(texts.building) ? null : readBuilding(texts.building)
  const estate = isNothing(texts.estate) ? null : plainEstate(texts.estate)
  const ofEstate = estate === null ? null : readEstate(estate)
  return {
    grid: isNothing(texts.grid) ? null : texts.grid.replace(/\s/g, ''),
    estate:
      ofEstate?.estate ??
      ofBuilding?.estate ??
      ofRoom?.estate ??
      plainOrNull(written?.estate) ??
      null,
    building:
      ofBuilding?.building ?? ofRoom?.building ?? ofEstate?.building ?? written?.building ?? null,
    unit: readUnit(texts.unit) ?? ofBuilding?.unit ?? ofRoom?.unit ?? written?.unit ?? null,
    floor: readFloor(texts.floor) ?? ofRoom?.floor ?? written?.floor ?? null,
    room: ofRoom?.room ?? ofBuilding?.room ?? written?.room ?? null,
  }
}

type Part = Partial<Omit<RosterDoor, 'grid'>>

/** 302, 302室, 3-1-302, 3幢1单元302, or a name such as 门卫室. */
function readRoom(text: string): Part {
  const door = parseDoor(text)
  if (door && (door.building !== null || door.unit !== null || door.room !== null)) return door
  return { room: text.replace(/\s/g, '').replace(/室$/, '').toUpperCase().slice(0, 10) || null }
}

/** 3幢, 3栋, 3#, 3号楼, 12号, 清风阳光苑3幢, 3幢1单元. */
function readBuilding(text: string): Part {
  const plain = normaliseBuildingName(text)
  if (plain) return { building: plain }
  const door = parseDoor(text)
  return door?.building ? { ...door } : { building: text.replace(/\s/g, '').slice(0, 20) || null }
}

/** The estate's column at times holds the building too: 清风阳光苑3幢. */
function readEstate(text: string): Part {
  const door = parseDoor(text)
  return door?.estate && door.building
    ? { estate: door.estate, building: door.building }
    : { estate: text }
}

function readUnit(text: string): string | null {
  if (isNothing(text)) return null
  const query = parseRoomQuery(`${text.replace(/\s|单元$/g, '')}单元`)
  return query?.unit ? String(Number(query.unit)) : null
}

function readFloor(text: string): number | null {
  const floor = /^(-?\d{1,3})(?:层|楼|F)?$/i.exec(text.replace(/\s/g, ''))?.[1]
  return floor === undefined ? null : Number(floor)
}

/** 浙江省杭州市富阳区富春街道清风阳光苑3幢 → 清风阳光苑3幢. */
function withoutPlaces(text: string): string {
  const written = text.replace(/[\s,，]/g, '')
  const rest =
    /^(?:\p{Script=Han}{2,}?(?:自治区|省|市|区|县))*(?:\p{Script=Han}{2,}?(?:街道|镇|乡))?(?:\p{Script=Han}{2,}?(?:社区|村委会|行政村))?(.*)$/u.exec(
      written,
    )?.[1]
  return rest && /^\p{Script=Han}{2,}?\d/u.test(rest) ? rest : written
}

function plainEstate(text: string): string {
  return withoutPlaces(text).slice(0, 40)
}

function plainOrNull(estate: string | null | undefined): string | null {
  return estate ? plainEstate(estate) : null
}
