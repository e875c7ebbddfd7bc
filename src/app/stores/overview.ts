/**
 * The overview as the office last told it. Fetched with the page that shows it: its messages are no part of the first
 * screen.
 */
import type * as v from 'valibot'
import { overviewSchema, placeOverviewSchema } from '#protocol/overview.ts'
import type { OfficeAnswer, OverviewActs } from './app.ts'
import { requestListSchema, requestOverviewSchema } from '#protocol/requests.ts'
import { yearReportSchema } from '#protocol/year-report.ts'
import { createRemembering, type RememberingParts } from './remembered.ts'

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
    year: (year) => ask(`/api/year/${year}`, yearReportSchema),
    requestList: (id, query) => ask(`/api/requests/list/${id}?${query}`, requestListSchema),
  }
}
