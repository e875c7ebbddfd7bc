import { later } from '#app/ui/later.tsx'

/** Fetched when somebody comes with a password that the office made. */
export const NewPassword = later(() => import('./GateLater.tsx').then((m) => m.NewPassword))
/** Fetched where an account has a second factor, or has to have one. */
export const CodeFields = later(() => import('./SecondFactor.tsx').then((m) => m.CodeFields))
export const RecoveryCodes = later(() => import('./SecondFactor.tsx').then((m) => m.RecoveryCodes))
/** Fetched after the page is drawn. */
export const Filing = later(() => import('./GateLater.tsx').then((m) => m.Filing))
/** So is this, and only where it has something to say. */
export const HomeScreen = later(() => import('./GateLater.tsx').then((m) => m.HomeScreen))
