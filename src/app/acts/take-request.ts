/** A request as it is taken: the request, its first step and who asked, in one batch, so that none of them stands alone. */
import type { Item } from '#domain/requests/catalogue.ts'
import { tokensWith } from '#domain/requests/follow-code.ts'
import {
  isForOffice,
  streamOfRequest,
  type RequestValues,
  type SiteOf,
} from '#app/views/request-form.ts'
import type { DeviceParts } from './device-parts.ts'
import type { Intent } from './intent.ts'
import { createNumbering } from './request-numbers.ts'

interface Parts extends Pick<DeviceParts, 'register' | 'now'> {
  readonly work: Pick<DeviceParts['work'], 'newId'>
}

export interface TakenRequest {
  readonly number: string
  /** ISO 8601 UTC. */
  readonly at: string
  readonly words: string | null
  readonly itemName: string | null
}

export interface MadeRequest {
  readonly intents: readonly Intent[]
  readonly taken: TakenRequest
  /** The request itself: what photographs are of. */
  readonly of: { readonly host: string; readonly stream: string }
}

/** Its records, still to be saved, and what the person goes home with; null where this device has no place for it. */
export function takeRequest(
  { register, work, now }: Parts,
  value: RequestValues,
  made: {
    readonly item: Item | null
    readonly site: SiteOf | null
    /** Of the follow-up code that the screen shows. */
    readonly codeHash: string
  },
): MadeRequest | null {
  const { item, codeHash } = made
  const stream = streamOfRequest(register, made.site, item)
  if (stream === null) return null
  // Of what stays in the office nothing says whom it is about.
  const about = isForOffice(item) ? null : made.site
  const at = new Date(now()).toISOString()
  const request = work.newId(stream)
  const number = createNumbering(register)(stream, request, at)
  const make = (kind: Intent['kind'], record: string, fields: object): Intent =>
    ({ op: 'create', kind, record, stream, fields }) as Intent
  const [step, settled] = [work.newId(stream), work.newId(stream)]
  const words = value.words.trim() || null
  const itemName = item?.name ?? null
  const phone = value.phone.trim()
  const intents = [
    make('request', request, {
      ...{ number, words, item: item?.id ?? null, itemName },
      ...{ level: value.level, source: value.source, at },
      ...{ site: about?.id ?? null, siteKind: about?.kind ?? null },
      where: value.where.trim() || null,
    }),
    make('request-step', step, { request, step: 'submit', at, level: value.level }),
    make('asker', work.newId(stream), {
      ...{ request, name: value.name.trim() || null, telephone: phone || null },
      isToldToUnit: phone !== '' && value.isTold,
      resident: about?.kind === 'resident' ? about.id : null,
      tokens: tokensWith([], codeHash, at),
    }),
    ...(value.isSettled
      ? [
          make('request-step', settled, {
            ...{ request, step: 'settle', at, after: step, words: value.settled.trim() },
          }),
        ]
      : []),
  ]
  return {
    of: { host: request, stream },
    intents,
    taken: { number, at, words, itemName },
  }
}
