/** The office's filing number 备案号, as the sign-in page shows it: `GET /api/filing`, for anybody, since it is public. */
import * as v from 'valibot'

export const filingPath = '/api/filing'

export const filingAnswerSchema = v.looseObject({
  ok: v.literal(true),
  /** Null where there is none. */
  filingNumber: v.nullable(v.pipe(v.string(), v.maxLength(80))),
  /** Who answers for the app, 主办单位; null where nobody said so. Since version 3. */
  owner: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(80)))),
  /** Everybody in the register is made up. Since version 3. */
  isDemo: v.optional(v.boolean()),
})
export type FilingAnswer = v.InferOutput<typeof filingAnswerSchema>
