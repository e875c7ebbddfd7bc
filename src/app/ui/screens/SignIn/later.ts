import { later } from '#app/ui/later.tsx'

/** Fetched when somebody comes with a password that the office made. */
export const NewPassword = later(() => import('./GateLater.tsx').then((m) => m.NewPassword))
/** Fetched after the page is drawn. */
export const Filing = later(() => import('./GateLater.tsx').then((m) => m.Filing))
