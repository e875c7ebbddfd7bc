import { later } from '#app/ui/later.tsx'

/** Fetched with the first record that has any: the first screen carries none of it. */
export const Photos = later(() => import('./PhotoStrip.tsx').then((m) => m.PhotoStrip))
