import { later } from '#app/ui/later.tsx'

/** Fetched where an account holds more than a grid: the others never need it. */
export const ChoosePassphrase = later(() =>
  import('./ChoosePassphrase.tsx').then((m) => m.ChoosePassphrase),
)
export const LockedByPassphrase = later(() =>
  import('./LockedByPassphrase.tsx').then((m) => m.LockedByPassphrase),
)
