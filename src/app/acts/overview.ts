/**
 * The overview as the office last told it. Fetched with the page that shows it: its messages are no part of the first
 * screen.
 */
import type * as v from 'valibot'
import { overviewSchema, placeOverviewSchema } from '#protocol/overview.ts'
import type { OfficeAnswer } from '#app/acts/office-answer.ts'
import { requestListSchema, requestOverviewSchema } from '#protocol/requests.ts'
import { topicTallySchema, type TopicTally } from '#protocol/topics.ts'
import { yearReportSchema } from '#protocol/year-report.ts'
import { createRemembering, type RememberingParts } from './remembered.ts'
import type { RequestList, RequestOverview } from '#protocol/requests.ts'
import type { Overview, PlaceOverview } from '#protocol/overview.ts'
import type { YearReport } from '#protocol/year-report.ts'
import type { Remembered } from '#app/acts/remembered.ts'

export interface OverviewActs {
  /** How each place of the account stands. */
  readonly places: Remembered<Overview>
  /** The weeks of one of them, and what changed in it today. */
  place(id: string): Remembered<PlaceOverview>
  /** Requests of a place and all below it, in numbers. */
  requests(place: string): Remembered<RequestOverview>
  /** What the doors of a topic said, counted across grids. */
  topic(stream: string, topic: string): Remembered<TopicTally>
  /** A year of handling personal data; not kept. */
  year(year: number): Promise<OfficeAnswer<YearReport>>
  /** A page of its list, without persons; not kept. */
  requestList(place: string, query: string): Promise<OfficeAnswer<RequestList>>
}

export interface OverviewParts extends RememberingParts {
  readonly ask: <T>(path: string, schema: v.GenericSchema<unknown, T>) => Promise<OfficeAnswer<T>>
}

export function createOverview({ ask, notes }: OverviewParts): OverviewActs {
  const remembered = createRemembering({ notes })
  const told = <T>(path: string, key: string, schema: v.GenericSchema<unknown, T>) =>
    remembered(key, schema, () => ask(path, schema))
  return {
    places: told('/api/overview', 'overview', overviewSchema),
    place: (id) => told(`/api/overview/${id}`, `overview/${id}`, placeOverviewSchema),
    requests: (id) => told(`/api/requests/overview/${id}`, `requests/${id}`, requestOverviewSchema),
    topic: (stream, id) => told(`/api/topics/${stream}/${id}`, `topic/${id}`, topicTallySchema),
    year: (year) => ask(`/api/year/${year}`, yearReportSchema),
    requestList: (id, query) => ask(`/api/requests/list/${id}?${query}`, requestListSchema),
  }
}
