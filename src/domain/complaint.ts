/** Complaint 投诉建议: what somebody finds wrong or better, about the register or this app. No personal fact is needed. */
import * as v from 'valibot'
import { choice, day, instant, maybe, text } from './field.ts'

/** The app, the register's contents, how somebody was treated, anything else. */
export const complaintTopics = ['app', 'register', 'conduct', 'other'] as const

export const complaintSchema = v.looseObject({
  topic: choice(complaintTopics),
  words: text(1_000),
  at: instant,
  answer: maybe(text(1_000)),
  answeredOn: maybe(day),
})
export type Complaint = v.InferOutput<typeof complaintSchema>
