/** The pages that nearly every walk opens; `more-routes.tsx` has all others and comes after the first screen. */
import { Today } from './walk/today/Today.tsx'
import { mePages } from '#app/links/me.ts'
import { walkPages } from '#app/links/walk.ts'
import { later } from './later.tsx'
import type { Route } from './route.ts'

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
  { path: walkPages.today.pattern, pane: 'list', tab: 'today', page: Today },
  { path: walkPages.todayInOffice.pattern, pane: 'list', tab: 'today', page: Today },
  { path: walkPages.grid.pattern, pane: 'list', tab: 'grid', page: Grid },
  { path: walkPages.building.pattern, pane: 'list', tab: 'grid', page: Building },
  { path: walkPages.search.pattern, pane: 'list', tab: 'search', page: Search },
  { path: mePages.me.pattern, pane: 'list', tab: 'me', page: Me },
  { path: walkPages.household.pattern, pane: 'detail', tab: 'today', page: Household },
]
