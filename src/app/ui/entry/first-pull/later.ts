import { later } from '#app/ui/later.tsx'

/** Fetched while somebody signs in: a device that has its register never shows it. */
export const FirstPull = later(() => import('./FirstPull.tsx').then((m) => m.FirstPull))
