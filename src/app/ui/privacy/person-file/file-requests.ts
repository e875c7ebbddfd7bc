/** What somebody asked for, or what was asked for them: each request with all that was said of it. */
import { maskName, maskPhone } from '#domain/mask.ts'
import { maskWords } from '#domain/requests/mask-words.ts'
import type { Rec } from '#app/views/records.ts'
import { momentInFull, nameOfAccount, type FilePart, type FileSource } from './file-source.ts'

export function requestsPart(source: FileSource): FilePart | null {
  const { words, own, said, open } = source
  const found = requestsOf(source)
  if (found.length === 0) return null
  const shown = (text: string | null | undefined) => (text && !open ? maskWords(text) : text)
  return {
    title: words.facts.kind.request,
    note: own.requestsNote,
    columns: [
      { header: own.when, width: 22 },
      { header: own.number, width: 20 },
      { header: own.how, width: 16 },
      { header: own.what, width: 44 },
      { header: own.who, width: 16 },
    ],
    rows: found.flatMap(({ request, asker }) => {
      const { number, at, itemName, words: wanted } = request.fields
      const contact = asker && contactOf(asker, source)
      const codes = asker?.fields.tokens?.length ?? 0
      const known = codes > 0 ? own.followCodes(codes) : null
      const first = [itemName, shown(wanted), contact, known].filter(Boolean).join(' · ')
      return source.register
        .requestSteps(request.id)
        .map(({ fields, by }, index) => [
          momentInFull(words, index === 0 ? at : fields.at),
          number,
          said.step[fields.step],
          [
            index === 0 ? first : null,
            shown(fields.words),
            shown(fields.wordsForAsker),
            fields.ending && said.endings[fields.ending],
          ]
            .filter(Boolean)
            .join(' · '),
          by ? nameOfAccount(source, by) : fields.actor ? said.roleOf[fields.actor] : '',
        ])
    }),
  }
}

function contactOf({ fields }: Rec<'asker'>, { open }: FileSource): string {
  const { name, telephone } = fields
  const shown = open
    ? [name, telephone]
    : [name && maskName(name), telephone && maskPhone(telephone)]
  return shown.filter(Boolean).join('，')
}

/** Requests about the person or their home, and those that they asked for; the contact is told only where it is theirs. */
export function requestsOf({ register, resident, merged }: FileSource) {
  const ids = new Set([resident.id, ...merged.map(({ id }) => id)])
  return [...register.all('request')]
    .flatMap((request) => {
      const { site, siteKind } = request.fields
      const askers = register.askers(request.id)
      const asker = askers.find(({ fields }) => fields.resident && ids.has(fields.resident))
      const isAbout = site && (ids.has(site) || site === resident.fields.household)
      return asker || isAbout ? [{ request, asker: asker ?? ownAsker(siteKind, askers) }] : []
    })
    .sort((a, b) => (a.request.fields.at < b.request.fields.at ? 1 : -1))
}

/** Taken on the person's own page, whoever asked is the person unless somebody else is named. */
function ownAsker(
  siteKind: string | null | undefined,
  askers: readonly Rec<'asker'>[],
): Rec<'asker'> | undefined {
  return siteKind === 'resident' ? askers.find(({ fields }) => !fields.resident) : undefined
}
