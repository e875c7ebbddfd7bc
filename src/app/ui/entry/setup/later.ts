import { later } from '#app/ui/later.tsx'

/** Once in the life of an office. */
export const Setup = later(() => import('./Setup.tsx').then((m) => m.Setup))
