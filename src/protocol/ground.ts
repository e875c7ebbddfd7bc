/**
 * What a deployment draws under the marks of the map: `GET /map/ground.json`. Nothing of anybody, so nobody has to be
 * signed in. `file` is a PMTiles archive (version 3) that lies beside the server, read in parts at
 * `/map/ground.pmtiles`; `tiles` an address of pictures with {z}, {x} and {y}, of this origin or the one that the
 * deployment allows.
 */
import * as v from 'valibot'
import { datums } from '#domain/position.ts'

export const groundPath = '/map/ground.json'
export const groundFilePath = '/map/ground.pmtiles'

const zoom = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(22))
const drawn = {
  /** In which system it is drawn; marks are shifted to it. */
  datum: v.picklist(datums),
  /** Whose it is and its approval number, as the licence wants it shown; null where nothing has to be said. */
  credit: v.nullable(v.pipe(v.string(), v.maxLength(200))),
}

export const groundSchema = v.variant('kind', [
  v.looseObject({ kind: v.literal('none') }),
  v.looseObject({
    kind: v.literal('file'),
    /** Another one whenever the file is another one. */
    tag: v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/)),
    ...drawn,
  }),
  v.looseObject({
    kind: v.literal('tiles'),
    address: v.pipe(v.string(), v.maxLength(500)),
    minZoom: zoom,
    maxZoom: zoom,
    ...drawn,
  }),
])
export type Ground = v.InferOutput<typeof groundSchema>
