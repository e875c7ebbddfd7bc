/** The pages of topics, of what doors say to them, and of meetings. */
import { address } from './address.ts'

export const topicsPages = {
  topics: address('/topics'),
  newTopic: address('/topics/new'),
  topic: address('/topics/:topic'),
  editTopic: address('/topics/:topic/edit'),
  doors: address('/topics/:topic/doors'),
  voice: address('/topics/:topic/doors/:dwelling'),
  meetings: address('/meetings'),
  newMeeting: address('/meetings/new'),
  meeting: address('/meetings/:meeting'),
}
