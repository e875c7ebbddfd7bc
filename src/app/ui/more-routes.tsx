/** Every page beyond the first ones, area by area; fetched after the first list is painted. */
import { officeRoutes } from './office/pages.ts'
import { requestsRoutes } from './requests/pages.ts'
import { walkRoutes } from './walk/pages.ts'
import { coloursRoutes } from './colours/pages.ts'
import { placesRoutes } from './places/pages.ts'
import { topicsRoutes } from './topics/pages.ts'
import { privacyRoutes } from './privacy/pages.ts'
import { meRoutes } from './me/pages.ts'
import type { Route } from './route.ts'
// What the frame needs of an office's jobs, in the same script.
export { railFor, viewsAt } from './jobs.tsx'
export { Views } from './Views.tsx'
export { Beside, FirstEntry } from './Beside.tsx'

export const moreRoutes: readonly Route[] = [
  ...officeRoutes,
  ...requestsRoutes,
  ...walkRoutes,
  ...coloursRoutes,
  ...placesRoutes,
  ...topicsRoutes,
  ...privacyRoutes,
  ...meRoutes,
]
