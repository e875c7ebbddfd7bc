/** The plates of a person's household; of the door as such where no other household lives there. */
import { vehicleWords } from '#app/ui/words/vehicle-words.ts'
import { platesOfHousehold } from '#app/views/plates.ts'
import { dayInFull, nameOfAccount, type FilePart, type FileSource } from './file-source.ts'

/** Null where there are none. */
export function vehiclesPart(source: FileSource): FilePart | null {
  const { register, resident, merged, words, own } = source
  const said = vehicleWords[words.language]
  const homes = new Set([resident, ...merged].map(({ fields }) => fields.household))
  const plates = [...homes].flatMap((home) => platesOfHousehold(register, home))
  if (plates.length === 0) return null
  return {
    title: said.title,
    columns: [
      { header: said.plate, width: 24 },
      { header: own.what, width: 40 },
      { header: own.who, width: 16 },
    ],
    rows: plates.map((plate) => {
      const { fields, by } = plate
      const { until, endedOn, endedWhy } = fields
      return [
        fields.plate,
        [
          said.kinds[fields.vehicleKind],
          until && said.untilOn(dayInFull(words, until)),
          endedOn && said.endedOn(dayInFull(words, endedOn)),
          endedWhy && said.endedWhys[endedWhy],
        ]
          .filter(Boolean)
          .join(' · '),
        nameOfAccount(source, by),
      ]
    }),
  }
}
