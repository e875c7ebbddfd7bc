/** The register in memory, put together from its parts; `register.ts` says what each method promises. */
import { compareDoors } from '#domain/address.ts'
import type { Day } from '#domain/day.ts'
import { documentKey } from '#domain/document-key.ts'
import { isGrid } from '#domain/place.ts'
import type { Kind } from '#domain/record.ts'
import { isPresent } from '#domain/resident.ts'
import type { PageLine } from '#protocol/pull.ts'
import type { Pause } from '#app/platform/pause.ts'
import { createBaseAndPending, type AnyRecord } from './base-and-pending.ts'
import { addDistribution, emptyDistribution, type Colours, type ColourSource } from './colours.ts'
import { forgetColours } from './forget-colours.ts'
import { readQuery } from '#domain/search-query.ts'
import { createReadings, type Readings } from './readings.ts'
import type {
  ChangeOfStream,
  DeclaredReader,
  HelpReader,
  HelpSource,
  Opening,
  Rec,
  WritableRegister,
} from './register.ts'
import { createRelations, type RelationName } from './relations.ts'
import { createRequestChanges } from './request-changes.ts'
import { createSchemeInForce, type Coming } from './scheme-in-force.ts'
import { createSearchTexts } from './search-texts.ts'
import { search } from './search.ts'
import { compareBuildings, planSteps, planToday, type Planned, type TodaySource } from './today.ts'

/**
 * `pause`: asked between the steps of long work; without it such work is done in one go.
 * Long: the lists and the indexes of one register, private to it, and a line for each question asked of them.
 */
export function createRegister(
  readings: Readings = createReadings(),
  pause?: Pause,
): WritableRegister {
  const store = createBaseAndPending(onChange)
  const relations = createRelations((kind) => store.of(kind).values())
  /** By record; a record that moved has lines of two streams. */
  const changes = new Map<string, ChangeOfStream[]>()
  const reached = new Map<string, number>()
  const listeners = new Set<() => void>()
  const requestChanges = createRequestChanges()
  let revision = 0
  /** The last walk that was planned: list and detail of the same moment ask for the same. */
  let planned: {
    readonly colours: Colours
    readonly grid: string | undefined
    readonly plan: Planned
  } | null = null

  const get = <K extends Kind>(kind: K, id: string) => store.get(kind, id) as Rec<K> | undefined
  const all = <K extends Kind>(kind: K) => store.of(kind).values() as Iterable<Rec<K>>
  const related = <K extends Kind>(kind: K, name: RelationName, key: string): Rec<K>[] => {
    const found: Rec<K>[] = []
    const ids = relations.of(name, key)
    // By id, so in the order in which they were made: a list must not depend on the way its records came here.
    for (const id of ids.length > 1 ? [...ids].sort() : ids) {
      const record = get(kind, id)
      if (record) found.push(record)
    }
    return found
  }

  const households = (dwelling: string) =>
    related('household', 'householdsOfDwelling', dwelling).filter((home) => !home.fields.endedOn)
  const residents = (household: string) => {
    const present = related('resident', 'residentsOfHousehold', household).filter(livesThere)
    if (present.length < 2) return present
    const head = get('household', household)?.fields.head
    return present.sort((a, b) => Number(b.id === head) - Number(a.id === head))
  }
  const dwellings = (building: string) =>
    related('dwelling', 'dwellingsOfBuilding', building).sort((a, b) =>
      compareDoors(a.fields, b.fields),
    )
  const deciding = {
    all,
    get allRequestChanges() {
      return requestChanges.all
    },
  }
  const steps = (request: string) => inOrder(related('request-step', 'stepsOfRequest', request))
  let readHelp: HelpReader | null = null
  let readDeclared: DeclaredReader = () => []
  const helpSource: HelpSource = {
    request: (id) => get('request', id),
    requestsAbout: (site) => related('request', 'requestsOfSite', site),
    asksOf: (resident) => related('asker', 'asksOfResident', resident),
    steps,
    deciding,
  }
  const source: Omit<ColourSource, 'scheme'> & TodaySource = {
    building: (id) => get('building', id),
    all: () => all('household'),
    household: (id) => get('household', id),
    dwelling: (id) => get('dwelling', id),
    resident: (id) => get('resident', id),
    residents,
    households,
    dwellings: (building) => related('dwelling', 'dwellingsOfBuilding', building),
    visits: (household) => related('visit', 'visitsOfHousehold', household),
    help: (resident) => readHelp?.(helpSource, resident) ?? [],
    declared: (calendar, day) => readDeclared(deciding, calendar, day),
    coloursOf: (subject) =>
      related('colour', 'coloursOfSubject', subject).sort((a, b) => b.version - a.version),
  }
  const texts = createSearchTexts(
    {
      residents: () => all('resident'),
      dwellings: () => all('dwelling'),
      building: source.building,
    },
    readings,
  )
  const force = createSchemeInForce({
    source,
    schemes: () => all('scheme'),
    households: source.all,
    pause,
    onReady(next) {
      if (planned) plan(next, planned.plan.today.day, planned.grid)
    },
    onSwitch: () => notify(planned),
  })
  let isSchemeStale = false
  /** While streams are still to come. */
  let opening: Opening | null = null

  /** Forgets just what the changed record had a part in. */
  function onChange(before: AnyRecord | undefined, after: AnyRecord | undefined): void {
    const record = after ?? before
    if (!record) return
    if (record.kind === 'scheme') isSchemeStale = true
    requestChanges.note(record)
    texts.forget(record.kind)
    const caches = force.caches.filter((cache) => !cache.isEmpty)
    if (before) for (const cache of caches) forgetColours(cache, before, { get, relations })
    relations.change(before, after)
    if (after) for (const cache of caches) forgetColours(cache, after, { get, relations })
  }
  /** `stands`: the plan that is as it was, or was made for this moment. */
  const notify = (stands: typeof planned = null) => {
    if (isSchemeStale) {
      isSchemeStale = false
      void force.look()
    }
    planned = stands
    revision += 1
    for (const listener of [...listeners]) listener()
  }
  const applyChanges = (page: PageLine) => {
    if (page.reset) dropChanges(page.stream)
    for (const change of page.changes) {
      const line = { stream: page.stream, change }
      const held = changes.get(change.record)
      if (!held) changes.set(change.record, [line])
      // A copy in another stream stays with that one, should the first be dropped; `historyIn` tells each once.
      else if (!held.some((other) => other.change.id === change.id && other.stream === page.stream))
        held.push(line)
    }
  }
  const dropChanges = (stream: string) => {
    for (const [record, held] of changes) {
      const left = held.filter((line) => line.stream !== stream)
      if (left.length === 0) changes.delete(record)
      else if (left.length < held.length) changes.set(record, left)
    }
  }

  const pathOf = (place: string): Rec<'place'>[] => {
    const path: Rec<'place'>[] = []
    for (let at = get('place', place); at && path.length < 10;) {
      path.unshift(at)
      at = at.fields.parent ? get('place', at.fields.parent) : undefined
    }
    return path
  }
  const grids = () => {
    const found = [...all('place')].filter(
      ({ fields }) => isGrid(fields.placeKind) && !fields.closed,
    )
    const keyOf = (place: Rec<'place'>) =>
      pathOf(place.id)
        .map((part) => String(part.fields.order ?? 0).padStart(7, '0'))
        .join('/')
    const keys = new Map(found.map((place) => [place.id, keyOf(place)]))
    return found.sort((a, b) => ((keys.get(a.id) ?? '') < (keys.get(b.id) ?? '') ? -1 : 1))
  }
  const buildings = (grid?: string) => {
    const found =
      grid === undefined ? [...all('building')] : related('building', 'buildingsOfStream', grid)
    return found.sort(compareBuildings)
  }

  const plan = (by: Coming, day: Day, grid: string | undefined) =>
    (planned = { colours: by.colours, grid, plan: planToday(source, by, day, grid) })
  const made = (day: Day, grid: string | undefined) =>
    planned?.colours === force.colours && planned.plan.today.day === day && planned.grid === grid
      ? planned
      : null
  const planOf = (day: Day, grid: string | undefined) =>
    (made(day, grid) ?? plan(force, day, grid)).plan

  return {
    get revision() {
      return revision
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    get isWhole() {
      return !opening
    },
    isHere: (household) => opening?.isHere(household) ?? true,
    hasten: (household) => opening?.hasten(household),
    get,
    all,
    scheme: () => force.scheme,
    grids,
    pathOf,
    buildings,
    dwellings,
    households,
    formerHouseholds: (dwelling) =>
      related('household', 'householdsOfDwelling', dwelling)
        .filter((home) => home.fields.endedOn)
        .sort((a, b) => descending(a.fields.endedOn ?? '', b.fields.endedOn ?? '')),
    residents,
    formerResidents: (household) =>
      related('resident', 'residentsOfHousehold', household).filter((one) => !livesThere(one)),
    visits: (household) =>
      related('visit', 'visitsOfHousehold', household).sort((a, b) =>
        descending(a.fields.at, b.fields.at),
      ),
    requestSteps: steps,
    requestsAbout: helpSource.requestsAbout,
    askers: (request) => related('asker', 'askersOfRequest', request),
    requestChanges: (request) => requestChanges.of(request),
    get allRequestChanges() {
      return requestChanges.all
    },
    errandSteps: (errand) => inOrder(related('errand-step', 'stepsOfErrand', errand)),
    traces: (id) => ({ waiting: store.waitingFor(id), changes: changes.get(id) ?? [] }),
    byDocument: (number) => related('resident', 'residentsOfDocument', documentKey(number)),
    reached: (stream) => reached.get(stream) ?? 0,
    doubled: () => store.doubled.size,
    isPending: (record) => store.isPending(record),
    subject: (id) => force.colours.subject(id),
    colourOfResident: (id, today) => force.colours.ofResident(id, today),
    colourOfDwelling: (id, today) => force.colours.ofDwelling(id, today),
    colourOfHousehold: (id, today) => force.colours.ofHousehold(id, today),
    distribution(place, today) {
      if ('building' in place) return force.colours.distribution(place.building, today)
      const sum = emptyDistribution()
      for (const building of buildings(place.grid)) {
        addDistribution(sum, force.colours.distribution(building.id, today))
      }
      return sum
    },
    due: (household, today) => force.colours.due(household, today),
    today: (day, grid) => opening?.today(day, grid) ?? planOf(day, grid).today,
    later: (day, grid) => opening?.later(grid) ?? planOf(day, grid).later(),
    search(text, limit) {
      const query = readQuery(text)
      if (!query) return []
      if (query.pinyin && !readings.isReady) {
        readings.warmUp().then(
          () => notify(),
          () => undefined,
        )
      }
      return search({ texts, readings }, query, limit)
    },
    async warmUp() {
      const dictionary = readings.warmUp()
      for (const prepare of [texts.names, texts.rooms, texts.numbers]) {
        prepare()
        await pause?.()
      }
      await dictionary
      for (const { fields } of all('resident')) {
        readings.of(fields.name)
        await pause?.()
      }
      texts.readings()
    },
    applyPages(pages, quietly) {
      for (const page of pages) {
        store.applyPage(page)
        applyChanges(page)
        const before = page.reset ? 0 : (reached.get(page.stream) ?? 0)
        reached.set(page.stream, Math.max(before, page.to))
      }
      if (!quietly) notify()
    },
    open(next) {
      opening = next
      notify(planned)
    },
    async relateAhead(pause) {
      for (const name of largest) {
        const steps = relations.ahead(name)
        while (!steps.next().done) {
          const rest = pause()
          if (rest) await rest
        }
      }
    },
    async planAhead(day, grid, pause) {
      const { colours } = force
      const since = revision
      const steps = planSteps(source, force, day, grid)
      for (let step = steps.next(); ; step = steps.next()) {
        if (revision !== since) return
        if (step.done) {
          planned = { colours, grid, plan: step.value }
          return
        }
        const rest = pause()
        if (rest) await rest
      }
    },
    planned: (day, grid) => made(day, grid)?.plan.today ?? null,
    streams: () => [...reached.keys()],
    readHelpBy(reader, declared = readDeclared) {
      readHelp = reader
      readDeclared = declared
      for (const cache of force.caches) cache.forgetAll()
    },
    applyOwn(mutations) {
      for (const mutation of mutations) store.applyOwn(mutation)
      notify()
    },
    settle(ids) {
      for (const id of ids) store.settle(id)
      notify()
    },
    dropStream(stream) {
      store.dropStream(stream)
      reached.delete(stream)
      dropChanges(stream)
      notify()
    },
    clear() {
      store.clear()
      relations.clear()
      reached.clear()
      changes.clear()
      readings.clear()
      requestChanges.clear()
      force.clear()
      opening = null
      isSchemeStale = false
      notify()
    },
  }
}

/** Every list of doors asks for these, and they hold as much as a register has people. */
const largest = ['residentsOfHousehold', 'visitsOfHousehold', 'coloursOfSubject'] as const

/** By version; version 0, which no server has seen, comes last and as it was made. */
function inOrder<K extends Kind>(records: Rec<K>[]): Rec<K>[] {
  return records.sort((a, b) => (a.version || Infinity) - (b.version || Infinity) || 0)
}

function livesThere({ fields }: Rec<'resident'>): boolean {
  return isPresent(fields)
}

function descending(a: string, b: string): number {
  return a === b ? 0 : a > b ? -1 : 1
}
