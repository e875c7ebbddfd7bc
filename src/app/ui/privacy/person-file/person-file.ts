/** All that this device holds about one person, as the parts of a file: for the screen, for paper and for a workbook. */
import { maskName } from '#domain/mask.ts'
import { purposes } from '#domain/purpose.ts'
import { doorOfHousehold, gridName } from '#app/views/door.ts'
import { fieldToText, tagToText } from '#app/ui/pieces/field-value.ts'
import { coloursPart, handColoursPart } from './file-colours.ts'
import { declarationsPart } from './file-declarations.ts'
import {
  clashesPart,
  historyPart,
  inquiriesPart,
  noticesPart,
  originsOfFacts,
  visitsPart,
} from './file-events.ts'
import { originWords } from '#app/ui/pieces/origin-words.ts'
import { photosPart } from './file-photos.ts'
import { fundsPart } from './file-funds.ts'
import { requestsPart } from './file-requests.ts'
import { vehiclesPart } from './file-vehicles.ts'
import { voicesPart } from './voices-part.ts'
import { dayInFull, longAgo, valueText, type FilePart, type FileSource } from './file-source.ts'

/** In the order of reading: who, where, what was done and when, what was asked. */
export function partsOf(source: FileSource): FilePart[] {
  return [
    factsPart(source),
    livingPart(source),
    coloursPart(source),
    handColoursPart(source),
    visitsPart(source),
    noticesPart(source),
    inquiriesPart(source),
    requestsPart(source),
    declarationsPart(source),
    vehiclesPart(source),
    voicesPart(source),
    photosPart(source),
    fundsPart(source),
    historyPart(source),
    clashesPart(source),
  ].filter((part) => part !== null)
}

/** Told in parts of their own, or of other people: how many, not who. */
const elsewhere = new Set(['household', 'overrides', 'tags'])

function factsPart(source: FileSource): FilePart {
  const { words, own, off, resident } = source
  const { fields } = resident
  const known = [...Object.keys(purposes), ...Object.keys(fields)]
  const origins = originsOfFacts(source, [...new Set(known), 'tags'])
  const said = originWords[words.language]
  // A column of its own only where some fact came from another office.
  const cameFrom = (field: string) => {
    if (origins.size === 0) return []
    const origin = origins.get(field)
    return [origin ? said.from(origin) : '']
  }
  const rows = [...new Set(known)].flatMap((field) => {
    const value = (fields as Readonly<Record<string, unknown>>)[field]
    if (elsewhere.has(field)) return []
    const text = Array.isArray(value) && field === 'notSameAs' ? own.others(value.length) : null
    // A field of a newer version has no words here; it is stored all the same.
    const shown = text ?? (valueText(source, field, value) || plain(value))
    if (shown === '') return []
    const label = words.facts.field[field] ?? field
    return [
      [
        off.includes(field) ? `${label}（${own.off}）` : label,
        shown,
        whatFor(source, field),
        ...cameFrom(field),
      ],
    ]
  })
  const tags = (fields.tags ?? []).map((tag) => [
    words.facts.field['tags'] ?? '',
    [
      tagToText(words, tag),
      words.facts.tagSource[tag.source],
      words.resident.from(dayInFull(words, tag.from)),
      tag.until && words.resident.until(dayInFull(words, tag.until)),
    ]
      .filter(Boolean)
      .join(' · '),
    whatFor(source, 'tags'),
    ...cameFrom('tags'),
  ])
  return {
    title: own.parts.facts,
    columns: [
      { header: own.field, width: 18 },
      { header: own.value, width: 40 },
      { header: own.whatFor, width: 36 },
      ...(origins.size > 0 ? [{ header: said.origin, width: 20 }] : []),
    ],
    rows: [...rows, ...tags],
  }
}

function whatFor({ words }: FileSource, field: string): string {
  const purpose = Object.hasOwn(purposes, field) ? purposes[field] : undefined
  return (words.language === 'en' ? purpose?.en : purpose?.zh) ?? ''
}

function plain(value: unknown): string {
  if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) {
    return ''
  }
  return typeof value === 'string' ? value : JSON.stringify(value)
}

const householdFields = ['disputes', 'lifeEvent', 'lifeEventOn', 'endedOn', 'endedTo', 'note']
const dwellingFields = ['use', 'landlordName', 'landlordPhone', 'letSince', 'hazards', 'note']

function livingPart(source: FileSource): FilePart {
  const { register, words, own, resident } = source
  const { household: id } = resident.fields
  const household = register.get('household', id)?.fields
  const dwelling = household && register.get('dwelling', household.dwelling)?.fields
  // Of a household and a door everything stays masked that is another's.
  const text = (field: string, value: unknown) =>
    fieldToText(words, register, field, value, longAgo)
  const rowsOf = (fields: object | undefined, names: readonly string[], what: string) =>
    names.flatMap((field) => {
      const shown = text(field, (fields as Readonly<Record<string, unknown>> | undefined)?.[field])
      return shown === '' ? [] : [[`${what} · ${words.facts.field[field] ?? field}`, shown]]
    })
  const others = register.residents(id).filter((one) => one.id !== resident.id)
  const lines: readonly (readonly [string, string])[] = [
    [words.facts.field['stream'] ?? '', gridName(register, resident.stream)],
    [own.door, doorOfHousehold(register, id, true)],
    [
      own.livesWith,
      others
        .map(({ fields }) =>
          [text('relation', fields.relation), maskName(fields.name)].filter(Boolean).join(' '),
        )
        .join('、'),
    ],
  ]
  return {
    title: own.parts.living,
    note: own.othersMasked,
    columns: [
      { header: own.field, width: 24 },
      { header: own.value, width: 60 },
    ],
    rows: [
      ...lines.filter(([, shown]) => shown !== ''),
      ...rowsOf(household, householdFields, words.facts.kind.household),
      ...rowsOf(dwelling, dwellingFields, words.facts.kind.dwelling),
    ],
  }
}
