/** A request as it is taken: the request, its first step and who asked, in one batch, so that none of them stands alone. */
import type { Item } from '#domain/requests/catalogue.ts'
import { tokensWith } from '#domain/requests/follow-code.ts'
import type { SiteKind } from '#domain/requests/request.ts'
import type { RequestLevel } from '#domain/requests/step.ts'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import type { Intent } from '#app/acts/intent.ts'

/** What the form holds. */
export interface Values {
  /** Id in the catalogue; '' where none was chosen. */
  readonly item: string
  readonly words: string
  readonly where: string
  readonly level: RequestLevel
  readonly source: 'door' | 'desk' | 'telephone'
  readonly name: string
  readonly phone: string
  readonly isTold: boolean
  readonly isSettled: boolean
  readonly settled: string
}

export function intentsOf(
  work: Pick<DeviceParts['work'], 'newId'>,
  value: Values,
  made: {
    readonly request: string
    readonly stream: string
    readonly number: string
    readonly at: string
    readonly item: Item | null
    readonly siteKind: SiteKind | null
    readonly site: string | null
    /** Of the follow-up code that the screen shows. */
    readonly codeHash: string
  },
): Intent[] {
  const { request, stream, number, at, item, siteKind, site, codeHash } = made
  const make = (kind: Intent['kind'], record: string, fields: object): Intent =>
    ({ op: 'create', kind, record, stream, fields }) as Intent
  const [step, settled] = [work.newId(stream), work.newId(stream)]
  return [
    make('request', request, {
      ...{ number, words: value.words.trim() || null },
      ...{ item: item?.id ?? null, itemName: item?.name ?? null },
      ...{ level: value.level, source: value.source, at, site, siteKind },
      where: value.where.trim() || null,
    }),
    make('request-step', step, { request, step: 'submit', at, level: value.level }),
    make('asker', work.newId(stream), {
      ...{ request, name: value.name.trim() || null, telephone: value.phone.trim() || null },
      isToldToUnit: value.phone.trim() !== '' && value.isTold,
      resident: siteKind === 'resident' ? site : null,
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
}
