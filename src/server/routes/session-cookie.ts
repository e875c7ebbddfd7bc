/**
 * How a request says whose session it goes by: a pass in its header, or the cookie of an app before version 0.2.0, one
 * for each device. A tablet holds several accounts, each with a device's id of its own, and a browser one jar of
 * cookies: under one name the sign-in of one account would end the session of the other.
 */
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { deviceHeader, wasHereCookie } from '#protocol/session.ts'
import { isId } from '../db/records.ts'
import type { AskedSession } from '../db/sessions.ts'
import type { Office, RouteContext } from './context.ts'
import { hashOf } from './token-hash.ts'

/** The pass or the token of the header `Authorization`; null where there is none. */
export function readBearer(context: RouteContext): string | null {
  return /^Bearer ([\w-]{20,200})$/i.exec(context.req.header('authorization') ?? '')?.[1] ?? null
}

/**
 * Null where the request has none for its device, or does not say for which of several. The one of version 0.1.0 has no
 * device in its name: `isOfDevice` says whether its session is the device's that asks.
 */
export function readCookie(office: Office, context: RouteContext): string | null {
  const device = deviceOf(context)
  const jar = getCookie(context)
  const first = jar[firstName(office)] ?? null
  if (device !== undefined) return jar[nameOf(office, device)] ?? first
  const own = Object.keys(jar).filter(
    (name) => name.startsWith(nameOf(office, '')) && name !== wasHereCookie,
  )
  if (own.length === 0) return first
  return own.length === 1 ? (jar[own[0] ?? ''] ?? null) : null
}

export type Shown = { readonly bearer: string } | { readonly cookie: string }

/**
 * How a session is looked for: a pass or a token with the device that the request names, where it could be one. A cookie
 * is of an app before version 0.2.0 and may name none: by itself alone.
 */
export function askedBy(context: RouteContext, shown: Shown): AskedSession {
  if ('cookie' in shown) return { hash: hashOf(shown.cookie), device: null }
  const device = deviceOf(context)?.toLowerCase()
  return {
    hash: hashOf(shown.bearer),
    device: device !== undefined && isId(device) ? device : null,
  }
}

/** Whether a session is of the device that a request names; of one that names none, by all that it says. */
export function isOfDevice(context: RouteContext, session: { readonly device: string }): boolean {
  const device = deviceOf(context)
  return device === undefined || device.toLowerCase() === session.device
}

const deviceOf = (context: RouteContext) =>
  context.req.header(deviceHeader) ?? context.req.query('device')

export function putCookie(
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

export function dropCookie(office: Office, context: RouteContext, device: string): void {
  deleteCookie(context, nameOf(office, device), { path: '/', secure: office.secureCookies })
}

/** As version 0.1.0 called it: one for the whole browser. */
function firstName(office: Office): string {
  return `${office.secureCookies ? '__Host-' : ''}wuse`
}

function nameOf(office: Office, device: string): string {
  return `${firstName(office)}-${device.toLowerCase()}`
}
