import { later } from '#app/ui/later.tsx'

/** With the sheet of the sync: how many are on their way. */
export const OnWay = later(() => import('./PhotosOnWay.tsx').then((m) => m.PhotosOnWay))
