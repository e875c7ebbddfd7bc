/** Inquiry 个人信息请求: somebody asks to see, copy, correct or delete what is held about them, or why; until it is answered. */
import * as v from 'valibot'
import { choice, day, id, instant, maybe, text } from './field.ts'

/** 查阅, 复制, 更正, 删除, 说明 (articles 44 to 48 of the Personal Information Protection Law). */
export const inquiryWants = ['see', 'copy', 'correct', 'delete', 'explain'] as const
export const inquiryOutcomes = ['done', 'partly', 'refused'] as const

export const inquirySchema = v.looseObject({
  resident: id,
  wants: choice(inquiryWants),
  /** What exactly, in the person's words. */
  note: maybe(text(500)),
  receivedOn: day,
  /** By when it has to be answered. */
  due: day,
  /** When the file of what is stored about the person was last put together for it. */
  fileMadeAt: maybe(instant),
  outcome: maybe(choice(inquiryOutcomes)),
  /** What was told to the person; of a refusal the reason. */
  answer: maybe(text(1_000)),
  answeredOn: maybe(day),
})
export type Inquiry = v.InferOutput<typeof inquirySchema>
