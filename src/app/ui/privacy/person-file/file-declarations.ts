/** What somebody said about a person's coming or going: claims that name the person, whatever came of them. */
import { maskName, maskPhone } from '#domain/mask.ts'
import { declarationWords } from '#app/ui/words/declaration-words.ts'
import { declarationsAbout, saidOn } from '#app/views/declarations.ts'
import { dayInFull, nameOfAccount, type FilePart, type FileSource } from './file-source.ts'

export function declarationsPart(source: FileSource): FilePart | null {
  const { register, resident, merged, words, own, open } = source
  const said = declarationWords[words.language]
  const about = declarationsAbout(register, [resident, ...merged])
  if (about.length === 0) return null
  return {
    title: said.title,
    columns: [
      { header: own.when, width: 18 },
      { header: own.what, width: 40 },
      { header: own.answer, width: 30 },
      { header: own.who, width: 16 },
    ],
    rows: about.map(({ claim, answer }) => {
      const { name, count, from, speaker, note } = claim.fields
      const telephone = claim.kind === 'arrival' ? claim.fields.telephone : null
      return [
        dayInFull(words, saidOn(claim)),
        [
          said.what[claim.kind],
          said.says(said.speakers[speaker]),
          name && (open ? name : maskName(name)),
          said.people(count),
          dayInFull(words, from),
          telephone && (open ? telephone : maskPhone(telephone)),
          note,
        ]
          .filter(Boolean)
          .join(' · '),
        answer
          ? said.answered(said.outcome[answer.fields.outcome], dayInFull(words, answer.fields.on))
          : said.unanswered,
        nameOfAccount(source, (answer ?? claim).by),
      ]
    }),
  }
}
