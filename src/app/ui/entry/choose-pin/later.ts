import { later } from '#app/ui/later.tsx'

/** Fetched while somebody signs in: the register of a device that is set up never needs it. */
export const ChoosePin = later(() => import('./ChoosePin.tsx').then((m) => m.ChoosePin))
