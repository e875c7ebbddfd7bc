/** What somebody gave for a stairwell, where the account names them. */
import { formatCents } from '#domain/funds/money.ts'
import { dayInFull, valueText, type FilePart, type FileSource } from './file-source.ts'

export function fundsPart(source: FileSource): FilePart | null {
  const { words, own, register, resident, merged } = source
  const ids = new Set([resident.id, ...merged.map(({ id }) => id)])
  const rows = [...register.all('fund-giver')]
    .filter(({ fields }) => fields.resident && ids.has(fields.resident))
    .flatMap(({ fields: giver }) => {
      const entry = register.get('fund-entry', giver.entry)?.fields
      if (!entry) return []
      return [
        [
          dayInFull(words, entry.on),
          register.get('fund', entry.fund)?.fields.name ?? '',
          [own.entryKinds[entry.entryKind], entry.giver].filter(Boolean).join(' · '),
          formatCents(entry.cents),
          giver.name ? valueText(source, 'name', giver.name) : '',
        ],
      ]
    })
  if (rows.length === 0) return null
  return {
    title: words.facts.kind.fund,
    note: own.fundsNote,
    columns: [
      { header: own.when, width: 16 },
      { header: words.facts.kind.fund, width: 28 },
      { header: own.what, width: 24 },
      { header: own.yuan, width: 14 },
      { header: own.shownName, width: 16 },
    ],
    rows,
  }
}
