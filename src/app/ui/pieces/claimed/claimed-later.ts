import { later } from '#app/ui/later.tsx'

/** Fetched behind the first screen, which has no room for it. */
export const ClaimedOthers = later(() => import('./ClaimedOthers.tsx').then((m) => m.ClaimedOthers))
