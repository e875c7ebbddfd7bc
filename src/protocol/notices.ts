/** The packages that the app and the server carry: `GET /notices.json`, a file that the build writes. */
import * as v from 'valibot'

export const noticesPath = '/notices.json'

export const noticesSchema = v.looseObject({
  packages: v.array(
    v.looseObject({
      name: v.string(),
      version: v.string(),
      /** An SPDX expression. */
      license: v.string(),
      /** The words of its makers; empty where the package brings none. */
      text: v.string(),
    }),
  ),
})
export type Notices = v.InferOutput<typeof noticesSchema>
