/** The office's filing number 备案号, as the sign-in page shows it: `GET /api/filing`, for anybody, since it is public. */
import * as v from 'valibot'

export const filingPath = '/api/filing'

export const filingAnswerSchema = v.looseObject({
  ok: v.literal(true),
  /** Null where there is none. */
  filingNumber: v.nullable(v.pipe(v.string(), v.maxLength(80))),
})
export type FilingAnswer = v.InferOutput<typeof filingAnswerSchema>
