/** What a person said for their door to topics; and what the door in which they live said without a name. */
import { topicWords } from '#app/ui/words/topic-words.ts'
import type { Rec } from '#app/views/records.ts'
import { momentInFull, nameOfAccount, type FilePart, type FileSource } from './file-source.ts'

/** The latest first. */
export function voicesOf({ register, resident, merged }: FileSource): readonly Rec<'voice'>[] {
  const ids = new Set([resident.id, ...merged.map(({ id }) => id)])
  const dwelling = register.get('household', resident.fields.household)?.fields.dwelling
  return [...register.all('voice')]
    .filter(({ fields }) =>
      fields.resident ? ids.has(fields.resident) : fields.dwelling === dwelling,
    )
    .sort((a, b) => (a.fields.at < b.fields.at ? 1 : -1))
}

/** Null where nothing was said. */
export function voicesPart(source: FileSource): FilePart | null {
  const { register, words, own } = source
  const said = topicWords[words.language]
  const voices = voicesOf(source)
  if (voices.length === 0) return null
  return {
    title: said.figures,
    columns: [
      { header: own.when, width: 24 },
      { header: said.one, width: 30 },
      { header: own.what, width: 34 },
      { header: own.who, width: 16 },
    ],
    rows: voices.map(({ fields, by }) => [
      momentInFull(words, fields.at),
      register.get('topic', fields.topic)?.fields.title ?? '',
      [said.says[fields.says], said.hows[fields.how], fields.words].filter(Boolean).join(' · '),
      nameOfAccount(source, by),
    ]),
  }
}
