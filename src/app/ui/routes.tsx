/**
 * Every page of the app with its address. A `list` stands at the left on a tablet and under the details on a phone;
 * a `detail` is what opens from it. Addresses carry ids only, never a name, a number or a search.
 */
import { exec } from 'preact-iso/router'
import type { FunctionComponent } from 'preact'
import { Grid } from './screens/Grid/Grid.tsx'
import { Today } from './screens/Today/Today.tsx'
import { later } from './later.tsx'

const Household = later(() => import('./screens/Household/Household.tsx').then((m) => m.Household))
const Building = later(() => import('./screens/Building/Building.tsx').then((m) => m.Building))
const Search = later(() => import('./screens/Search/Search.tsx').then((m) => m.Search))
const Me = later(() => import('./screens/Me/Me.tsx').then((m) => m.Me))
const Clashes = later(() => import('./screens/Clashes/Clashes.tsx').then((m) => m.Clashes))
const Devices = later(() => import('./screens/Devices/Devices.tsx').then((m) => m.Devices))
const ColourPage = later(() => import('./screens/ByHand/ColourPage.tsx').then((m) => m.ColourPage))
const Review = later(() => import('./screens/ByHand/Review.tsx').then((m) => m.Review))
const Scheme = later(() => import('./screens/Scheme/Scheme.tsx').then((m) => m.Scheme))
const SchemeEdit = later(() => import('./screens/Scheme/SchemeEdit.tsx').then((m) => m.SchemeEdit))
const SchemeVersion = later(() =>
  import('./screens/Scheme/SchemeVersion.tsx').then((m) => m.SchemeVersion),
)
const Dwelling = later(() => import('./screens/Dwelling/Dwelling.tsx').then((m) => m.Dwelling))
const DwellingEdit = later(() =>
  import('./screens/Dwelling/DwellingEdit.tsx').then((m) => m.DwellingEdit),
)
const Resident = later(() => import('./screens/Resident/Resident.tsx').then((m) => m.Resident))
const ResidentEdit = later(() =>
  import('./screens/ResidentForm/ResidentEdit.tsx').then((m) => m.ResidentEdit),
)
const ResidentAdd = later(() =>
  import('./screens/ResidentForm/ResidentAdd.tsx').then((m) => m.ResidentAdd),
)
const Intake = later(() => import('./screens/Intake/Intake.tsx').then((m) => m.Intake))
const VisitForm = later(() => import('./screens/VisitForm/VisitForm.tsx').then((m) => m.VisitForm))
const Birth = later(() => import('./screens/ResidentForm/Birth.tsx').then((m) => m.Birth))
const Death = later(() => import('./screens/Leave/Death.tsx').then((m) => m.Death))
const MoveOut = later(() => import('./screens/Leave/MoveOut.tsx').then((m) => m.MoveOut))
const MoveRoom = later(() => import('./screens/Leave/MoveRoom.tsx').then((m) => m.MoveRoom))

/** Fetches the pages that nearly every walk opens, for an idle moment after the first list is there. */
export function fetchNextPages(): void {
  for (const page of [Household, Building, Search]) page.fetch()
}

export interface PageProps {
  readonly params: Readonly<Record<string, string>>
}

interface Route {
  readonly path: string
  readonly pane: 'list' | 'detail'
  readonly tab: Tab
  readonly page: FunctionComponent<PageProps>
}

export type Tab = 'today' | 'grid' | 'search' | 'me'

const routes: readonly Route[] = [
  { path: '/', pane: 'list', tab: 'today', page: Today },
  { path: '/grid', pane: 'list', tab: 'grid', page: Grid },
  { path: '/building/:building', pane: 'list', tab: 'grid', page: Building },
  { path: '/search', pane: 'list', tab: 'search', page: Search },
  { path: '/me', pane: 'list', tab: 'me', page: Me },
  { path: '/clashes', pane: 'detail', tab: 'today', page: Clashes },
  { path: '/devices', pane: 'detail', tab: 'me', page: Devices },
  { path: '/review', pane: 'detail', tab: 'me', page: Review },
  { path: '/scheme', pane: 'detail', tab: 'me', page: Scheme },
  { path: '/scheme/edit', pane: 'detail', tab: 'me', page: SchemeEdit },
  { path: '/scheme/version/:version', pane: 'detail', tab: 'me', page: SchemeVersion },
  { path: '/dwelling/:dwelling', pane: 'detail', tab: 'grid', page: Dwelling },
  { path: '/dwelling/:dwelling/edit', pane: 'detail', tab: 'grid', page: DwellingEdit },
  { path: '/dwelling/:dwelling/intake', pane: 'detail', tab: 'grid', page: Intake },
  { path: '/dwelling/:dwelling/colour', pane: 'detail', tab: 'grid', page: ColourPage },
  { path: '/household/:household', pane: 'detail', tab: 'today', page: Household },
  { path: '/household/:household/visit', pane: 'detail', tab: 'today', page: VisitForm },
  { path: '/household/:household/add', pane: 'detail', tab: 'today', page: ResidentAdd },
  { path: '/household/:household/birth', pane: 'detail', tab: 'today', page: Birth },
  { path: '/household/:household/move', pane: 'detail', tab: 'today', page: MoveRoom },
  { path: '/household/:household/leave', pane: 'detail', tab: 'today', page: MoveOut },
  { path: '/resident/:resident', pane: 'detail', tab: 'today', page: Resident },
  { path: '/resident/:resident/colour', pane: 'detail', tab: 'today', page: ColourPage },
  { path: '/resident/:resident/edit', pane: 'detail', tab: 'today', page: ResidentEdit },
  { path: '/resident/:resident/move', pane: 'detail', tab: 'today', page: MoveRoom },
  { path: '/resident/:resident/leave', pane: 'detail', tab: 'today', page: MoveOut },
  { path: '/resident/:resident/death', pane: 'detail', tab: 'today', page: Death },
]

export interface Match {
  readonly route: Route
  readonly params: Readonly<Record<string, string>>
}

/** The page at an address; an unknown address is the today list. */
export function matchRoute(path: string): Match {
  for (const route of routes) {
    const found = exec(path, route.path, { path, query: {}, params: {} })
    if (found as typeof found | undefined) return { route, params: found.params }
  }
  return { route: routes[0] as Route, params: {} }
}
