import { later } from '#app/ui/later.tsx'

/** Fetched where an account's database does not open. */
export const BeginAnew = later(() => import('./BeginAnew.tsx').then((m) => m.BeginAnew))
