/** The list of what is purged next, as the office asks for it and answers to it. Online; the last list stays readable. */
import { doneSchema } from '#protocol/device.ts'
import {
  purgeListSchema,
  purgeRequestsSchema,
  purgeVisitsSchema,
  type AgreeRequest,
  type KeepRequest,
  type PurgeList,
  type PurgeRequests,
  type PurgeVisits,
  type WithdrawRequest,
} from '#protocol/purge.ts'
import type { OfficeAnswer } from '#app/acts/office-answer.ts'
import type { Remembered } from '#app/acts/remembered.ts'
import type { PlacesParts } from './places-acts.ts'
import { createRemembering } from './remembered.ts'

export interface PurgeActs {
  readonly list: Remembered<PurgeList>
  visits(stream: string): Promise<OfficeAnswer<PurgeVisits>>
  requests(stream: string): Promise<OfficeAnswer<PurgeRequests>>
  keep(request: KeepRequest): Promise<OfficeAnswer<unknown>>
  letGo(request: KeepRequest): Promise<OfficeAnswer<unknown>>
  agree(request: AgreeRequest): Promise<OfficeAnswer<unknown>>
  withdraw(request: WithdrawRequest): Promise<OfficeAnswer<unknown>>
}

export function createPurgeActs({ ask, notes }: Pick<PlacesParts, 'ask' | 'notes'>): PurgeActs {
  const remembered = createRemembering({ notes })
  const send = (act: string, request: object) =>
    ask('POST', `/api/purge/${act}`, doneSchema, request)
  return {
    list: remembered('purge', purgeListSchema, () => ask('GET', '/api/purge', purgeListSchema)),
    visits: (stream) => ask('GET', `/api/purge/${stream}`, purgeVisitsSchema),
    requests: (stream) => ask('GET', `/api/purge/${stream}/requests`, purgeRequestsSchema),
    keep: (request) => send('keep', request),
    letGo: (request) => send('let-go', request),
    agree: (request) => send('agree', request),
    withdraw: (request) => send('withdraw', request),
  }
}
