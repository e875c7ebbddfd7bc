/** The colours that a person had, with every reason, and those that somebody set by hand. */
import { colourLimits } from '#domain/colour-limits.ts'
import { reasonWords } from '#domain/colour-of.ts'
import { stateOf } from '#domain/override.ts'
import type { Reason } from '#domain/colour.ts'
import type { ColourKey } from '#domain/level.ts'
import type { Scheme } from '#domain/scheme.ts'
import { policyOf } from '#app/views/policy-in-force.ts'
import { dayInFull, nameOfAccount, type FilePart, type FileSource } from './file-source.ts'

export function coloursPart(source: FileSource): FilePart {
  const { register, resident, merged, today, words, own } = source
  const inForce = register.scheme()
  const limits = colourLimits[words.language === 'en' ? 'en' : 'zh']
  const ids = new Set([resident.id, ...merged.map(({ id }) => id)])
  const records = [...register.all('colour')]
    .filter(({ fields }) => ids.has(fields.subject))
    .sort((a, b) => (a.fields.from < b.fields.from ? 1 : -1))
  const now = register.colourOfResident(resident.id, today)
  return {
    title: own.parts.colours,
    note: `${own.coloursNote} ${limits.never} ${limits.ask(policyOf(register).answerDays)}`,
    columns: [
      { header: own.since, width: 18 },
      { header: words.resident.colour, width: 40 },
      { header: own.scheme, width: 20 },
      { header: own.because, width: 16 },
    ],
    rows: [
      [
        own.now(dayInFull(words, today)),
        colourText(source, now.colour, now.reasons, inForce),
        own.version(inForce.schemeVersion),
        '',
      ],
      ...records.map(({ fields }) => {
        const scheme = register.get('scheme', fields.scheme)?.fields ?? inForce
        return [
          dayInFull(words, fields.from),
          colourText(source, fields.colour, fields.reasons, scheme),
          own.version(fields.schemeVersion),
          own.cause[fields.cause],
        ]
      }),
    ],
  }
}

function colourText(
  { words, own }: FileSource,
  colour: ColourKey,
  reasons: readonly Reason[],
  scheme: Scheme,
): string {
  const said = reasons.map((reason) => reasonWords(reason, scheme, words.language)).join(own.and)
  return own.pair(levelText(words, colour, scheme), said || own.noReason)
}

function levelText(words: FileSource['words'], colour: ColourKey, scheme: Scheme): string {
  const level = scheme.levels.find(({ key }) => key === colour)
  if (!level) return colour === 'grey' ? words.shell.grey : colour
  return `${level.mark} ${words.language === 'en' ? level.wordEn : level.word}`
}

export function handColoursPart(source: FileSource): FilePart | null {
  const { resident, register, today, words, own } = source
  const overrides = resident.fields.overrides ?? []
  if (overrides.length === 0) return null
  return {
    title: words.facts.field['overrides'] ?? '',
    columns: [
      { header: words.resident.colour, width: 14 },
      { header: own.why, width: 36 },
      { header: own.fromTo, width: 28 },
      { header: own.who, width: 16 },
      { header: own.state, width: 14 },
    ],
    rows: overrides.map((one) => [
      levelText(words, one.colour, register.scheme()),
      one.words,
      `${dayInFull(words, one.from)} – ${dayInFull(words, one.until)}`,
      nameOfAccount(source, one.by),
      own.states[stateOf(one, today)],
    ]),
  }
}
