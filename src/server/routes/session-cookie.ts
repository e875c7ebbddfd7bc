/**
 * The session's cookie, one for each device. A tablet holds several accounts, each with a device's id of its own, and
 * a browser one jar of cookies: under one name the sign-in of one account would end the session of the other.
 */
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { deviceHeader } from '#protocol/session.ts'
import type { Office, RouteContext } from './context.ts'

/** Null where the request has none for its device, or does not say for which of several. */
export function readToken(office: Office, context: RouteContext): string | null {
  const device = context.req.header(deviceHeader) ?? context.req.query('device')
  const jar = getCookie(context)
  if (device !== undefined) return jar[nameOf(office, device)] ?? null
  const own = Object.keys(jar).filter((name) => name.startsWith(nameOf(office, '')))
  return own.length === 1 ? (jar[own[0] ?? ''] ?? null) : null
}

export function putToken(
  office: Office,
  context: RouteContext,
  device: string,
  token: string,
  maxAgeMs: number,
): void {
  setCookie(context, nameOf(office, device), token, {
    path: '/',
    httpOnly: true,
    sameSite: 'Strict',
    secure: office.secureCookies,
    maxAge: maxAgeMs / 1000,
  })
}

export function dropToken(office: Office, context: RouteContext, device: string): void {
  deleteCookie(context, nameOf(office, device), { path: '/', secure: office.secureCookies })
}

function nameOf(office: Office, device: string): string {
  return `${office.secureCookies ? '__Host-' : ''}wuse-${device.toLowerCase()}`
}
