/** The pages of this area: where each stands, what it draws, and who is shown the way to it. */
import { mePages } from '#app/links/me.ts'
import { later } from '#app/ui/later.tsx'
import type { Route } from '#app/ui/route.ts'

const Never = later(() => import('./never/Never.tsx').then((m) => m.Never))
const Notices = later(() => import('./notices/Notices.tsx').then((m) => m.Notices))
const HowTo = later(() => import('./howto/HowTo.tsx').then((m) => m.HowTo))
const HeldPlaces = later(() => import('./held/HeldPlaces.tsx').then((m) => m.HeldPlaces))

export const meRoutes: readonly Route[] = [
  { path: mePages.never.pattern, pane: 'detail', tab: 'me', page: Never },
  { path: mePages.notices.pattern, pane: 'detail', tab: 'me', page: Notices },
  { path: mePages.howTo.pattern, pane: 'detail', tab: 'me', page: HowTo },
  { path: mePages.held.pattern, pane: 'detail', tab: 'me', page: HeldPlaces },
]
