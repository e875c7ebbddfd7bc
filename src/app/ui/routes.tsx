/** The pages that nearly every walk opens; `more-routes.tsx` has all others and comes after the first screen. */
import { Today } from './walk/today/Today.tsx'
import { later } from './later.tsx'
import type { Route } from './route.ts'
import { firstPages } from '#app/links/first.ts'

const Grid = later(() => import('./walk/grid/Grid.tsx').then((m) => m.Grid))
const Household = later(() => import('./walk/household/Household.tsx').then((m) => m.Household))
const Building = later(() => import('./walk/building/Building.tsx').then((m) => m.Building))
const Search = later(() => import('./walk/search/Search.tsx').then((m) => m.Search))
const Me = later(() => import('./me/own/Me.tsx').then((m) => m.Me))

/** Fetches the pages that every walk opens; resolves when they are there, or did not come. */
export async function fetchNextPages(): Promise<void> {
  await Promise.all([Grid, Household, Building, Search].map((page) => page.fetch()))
}

export const firstRoutes: readonly Route[] = [
  { path: firstPages.today.pattern, pane: 'list', tab: 'today', page: Today, early: 'list' },
  {
    path: firstPages.todayInOffice.pattern,
    pane: 'list',
    tab: 'today',
    page: Today,
    early: 'list',
  },
  { path: firstPages.grid.pattern, pane: 'list', tab: 'grid', page: Grid },
  { path: firstPages.building.pattern, pane: 'list', tab: 'grid', page: Building },
  { path: firstPages.search.pattern, pane: 'list', tab: 'search', page: Search },
  { path: firstPages.me.pattern, pane: 'list', tab: 'me', page: Me },
  {
    ...{ path: firstPages.household.pattern, pane: 'detail', tab: 'today', page: Household },
    early: 'household',
  },
]
