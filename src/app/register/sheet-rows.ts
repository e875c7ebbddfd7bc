/** The register as rows of a table. A row reads each of its parts when a column or a filter asks for it: 33,000 have to wait for nobody. */
import type { Day } from '#domain/day.ts'
import type { SheetRow } from '#domain/sheet-columns.ts'
import type { RowPlace } from '#domain/sheet-passes.ts'
import type { Sheet } from '#domain/sheet.ts'
import { vehiclesOf } from './vehicles.ts'
import type { Due, Rec, Register } from './register.ts'

export type Row = SheetRow & RowPlace

export interface SheetRows {
  /** Undefined where the register has no such record any more. */
  row(id: string): Row | undefined
}

interface Places {
  readonly subdistrict: string
  readonly community: string
  readonly grid: string
}

/** Rows of one moment: of a changed register make new ones. */
export function createSheetRows(register: Register, sheet: Sheet, today: Day): SheetRows {
  const places = new Map<string, Places>()
  const placesOf = (stream: string): Places => {
    const known = places.get(stream)
    if (known) return known
    const path = register.pathOf(stream).map(({ fields }) => fields)
    const nameOf = (...kinds: readonly string[]) =>
      path.find(({ placeKind }) => kinds.includes(placeKind))?.name ?? ''
    const made = {
      subdistrict: nameOf('subdistrict'),
      community: nameOf('community', 'village', 'cooperative'),
      grid: [nameOf('grid'), nameOf('micro-grid')].filter(Boolean).join(' '),
    }
    places.set(stream, made)
    return made
  }
  const parts = { register, today, placesOf }
  return {
    row(id) {
      if (sheet === 'residents') {
        const person = register.get('resident', id)
        return person && new ResidentRow(parts, person)
      }
      if (sheet === 'households') {
        const home = register.get('household', id)
        return home && new HouseholdRow(parts, home)
      }
      const room = register.get('dwelling', id)
      return room && new DwellingRow(parts, room)
    },
  }
}

interface Parts {
  readonly register: Register
  readonly today: Day
  readonly placesOf: (stream: string) => Places
}

/** What all three have in common: where it is. */
abstract class PlacedRow {
  readonly id: string
  readonly today: Day
  readonly gridId: string
  protected readonly parts: Parts

  constructor(parts: Parts, record: Rec<'resident' | 'household' | 'dwelling'>) {
    this.parts = parts
    this.id = record.id
    this.today = parts.today
    this.gridId = record.stream
  }

  protected abstract readonly home: Rec<'household'> | undefined
  protected abstract readonly room: Rec<'dwelling'> | undefined

  get dwelling() {
    return this.room?.fields ?? null
  }
  get buildingId() {
    return this.room?.fields.building ?? null
  }
  get building() {
    const id = this.buildingId
    return (id && this.parts.register.get('building', id)?.fields) || null
  }
  get subdistrict() {
    return this.parts.placesOf(this.gridId).subdistrict
  }
  get community() {
    return this.parts.placesOf(this.gridId).community
  }
  get grid() {
    return this.parts.placesOf(this.gridId).grid
  }
  get household() {
    return this.home?.fields ?? null
  }
  get householdId() {
    return this.home?.id ?? null
  }
  get people() {
    const { home } = this
    return home ? this.parts.register.residents(home.id).map(({ fields }) => fields) : []
  }
  get head() {
    const head = this.home?.fields.head
    return (head && this.parts.register.get('resident', head)?.fields) || null
  }
  get households() {
    const { room } = this
    return room ? this.parts.register.households(room.id).length : 0
  }
  get plates(): readonly string[] {
    return []
  }
  protected dueOf(home: Rec<'household'> | undefined): Due | null {
    return home && !home.fields.endedOn ? this.parts.register.due(home.id, this.today) : null
  }
  get lastMet() {
    return this.dueOf(this.home)?.lastMet ?? null
  }
}

class ResidentRow extends PlacedRow implements Row {
  readonly resident: Rec<'resident'>['fields']

  constructor(parts: Parts, person: Rec<'resident'>) {
    super(parts, person)
    this.resident = person.fields
  }
  protected get home() {
    return this.parts.register.get('household', this.resident.household)
  }
  protected get room() {
    const { home } = this
    return home && this.parts.register.get('dwelling', home.fields.dwelling)
  }
  private get coloured() {
    return this.parts.register.colourOfResident(this.id, this.today)
  }
  get colour() {
    return this.coloured.colour
  }
  get reasons() {
    return this.coloured.reasons
  }
  get due() {
    const { movedOutOn, diedOn } = this.resident
    return movedOutOn || diedOn ? null : this.dueOf(this.home)
  }
}

class HouseholdRow extends PlacedRow implements Row {
  readonly resident = null
  protected readonly home: Rec<'household'>

  constructor(parts: Parts, home: Rec<'household'>) {
    super(parts, home)
    this.home = home
  }
  protected get room() {
    return this.parts.register.get('dwelling', this.home.fields.dwelling)
  }
  get colour() {
    return this.parts.register.colourOfHousehold(this.id, this.today).colour
  }
  get reasons() {
    return this.parts.register.colourOfHousehold(this.id, this.today).reasons
  }
  get due() {
    return this.dueOf(this.home)
  }
}

class DwellingRow extends PlacedRow implements Row {
  readonly resident = null
  protected readonly room: Rec<'dwelling'>
  protected readonly home = undefined

  constructor(parts: Parts, room: Rec<'dwelling'>) {
    super(parts, room)
    this.room = room
  }
  override get plates() {
    return vehiclesOf(this.parts.register, this.id).map(({ fields }) => fields.plate)
  }
  override get people() {
    const { register } = this.parts
    return register
      .households(this.id)
      .flatMap(({ id }) => register.residents(id).map(({ fields }) => fields))
  }
  get colour() {
    return this.parts.register.colourOfDwelling(this.id, this.today).colour
  }
  get reasons() {
    return this.parts.register.colourOfDwelling(this.id, this.today).reasons
  }
  get due() {
    return null
  }
  override get lastMet() {
    const days = this.parts.register.households(this.id).map((home) => this.dueOf(home)?.lastMet)
    return days.reduce<Day | null>((last, day) => (day && (!last || day > last) ? day : last), null)
  }
}
