/**
 * Whether somebody has signed in on this device before: a cookie that the server sets, which says that and nothing else.
 * Browsers clear what scripts have stored (seven days without a visit in a Safari tab, a full disk elsewhere) and
 * leave such a cookie, so that the app can tell a new device from one that was cleared.
 */
import { wasHereCookie } from '#protocol/session.ts'

export interface WasHere {
  holds(): boolean
  /** The app itself forgot the last account of the device: that is no clearing. */
  forget(): void
}

export function createWasHere(page: Pick<Document, 'cookie'> = document): WasHere {
  return {
    holds: () => page.cookie.split('; ').includes(`${wasHereCookie}=1`),
    forget() {
      page.cookie = `${wasHereCookie}=; Path=/; Max-Age=0; SameSite=Strict`
    },
  }
}
