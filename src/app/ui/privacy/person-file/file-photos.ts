/** Photographs that lie with what is told of somebody: of their visits, of their requests, of what they said to topics, of hazards at their door. */
import { photosOf } from '#app/views/photos-of.ts'
import { visitsOf } from './file-events.ts'
import { requestsOf } from './file-requests.ts'
import { voicesOf } from './voices-part.ts'
import { momentInFull, nameOfAccount, type FilePart, type FileSource } from './file-source.ts'

/** A face cannot be masked as a number can: pictures stand in a file in full alone, and the others are told. */
export function photosPart(source: FileSource): FilePart | null {
  const { register, resident, words, own, open } = source
  const dwelling = register.get('household', resident.fields.household)?.fields.dwelling
  const hosts: readonly (readonly [string, string])[] = [
    ...visitsOf(source).map(({ id }) => [id, words.facts.kind.visit] as const),
    ...requestsOf(source).map(
      ({ request: { id, fields } }) =>
        [id, own.pair(words.facts.kind.request, fields.number)] as const,
    ),
    ...voicesOf(source).map(({ id }) => [id, words.facts.kind.voice] as const),
    ...(dwelling ? [[dwelling, words.facts.field['hazards'] ?? ''] as const] : []),
  ]
  const found = hosts
    .flatMap(([host, what]) => photosOf(register, host).map((photo) => ({ photo, what })))
    .sort((a, b) => (a.photo.picture.takenAt < b.photo.picture.takenAt ? 1 : -1))
  if (found.length === 0) return null
  const stateOf = ({ hasArrived, refusedAs }: (typeof found)[number]['photo']) =>
    own.photoState[refusedAs ? 'refused' : hasArrived ? 'arrived' : 'onWay']
  return {
    title: words.facts.kind.photo,
    note: open ? own.photosNote : own.photosMasked,
    columns: [
      { header: own.when, width: 24 },
      { header: own.what, width: 34 },
      { header: own.state, width: 20 },
      { header: own.who, width: 16 },
    ],
    rows: found.map(({ photo, what }) => [
      momentInFull(words, photo.picture.takenAt),
      what,
      stateOf(photo),
      nameOfAccount(source, photo.by),
    ]),
    ...(open ? { photos: found.map(({ photo }) => photo) } : {}),
  }
}
