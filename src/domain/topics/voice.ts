/**
 * Voice 意见: what one door says to a topic, taken at the door, at a meeting or from a sheet of paper. Append-only: who
 * says something else later says it again. It stands beside its door and goes with it to another grid.
 */
import * as v from 'valibot'
import { choice, id, instant, maybe, text } from '../field.ts'

/** 同意, 不同意, 弃权, 没遇到人. */
export const voiceSays = ['yes', 'no', 'abstain', 'not-met'] as const
export type VoiceSays = (typeof voiceSays)[number]

/** 上门, 会上, 纸质. */
export const voiceHows = ['door', 'meeting', 'paper'] as const
export type VoiceHow = (typeof voiceHows)[number]

export const voiceSchema = v.pipe(
  v.looseObject({
    topic: id,
    dwelling: id,
    says: choice(voiceSays),
    how: choice(voiceHows),
    /** Who spoke for the door, where somebody of it is in the register. */
    resident: maybe(id),
    words: maybe(text(500)),
    /** Of paper: the photograph of the sheet, where it was taken with the voice of another door that signed the same one. */
    sheet: maybe(id),
    at: instant,
    /** What the device's clock said, where that cannot be true. */
    saidAt: maybe(instant),
  }),
  // Nobody is not met on paper.
  v.forward(
    v.partialCheck(
      [['says'], ['how']],
      ({ says, how }) => says !== 'not-met' || how === 'door',
      'unknown-choice',
    ),
    ['how'],
  ),
)
export type Voice = v.InferOutput<typeof voiceSchema>
