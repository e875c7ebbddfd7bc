/**
 * From which address a request came. Anybody can write a forwarded address: it counts only where the peer is a proxy
 * that the deployment names (TRUSTED_PROXIES), and then the last address in the row that is none of them.
 */
import { getConnInfo } from '@hono/node-server/conninfo'
import { BlockList, isIP } from 'node:net'
import type { Context } from 'hono'

export interface CallerAddress {
  /** Empty for a request that came without a socket. */
  addressOf(context: Context): string
  /** Whether a proxy named in the settings stands before this server. */
  readonly isBehindProxies: boolean
}

/** Addresses and ranges: `10.0.0.5`, `192.168.0.0/16`, `fd00::/8`. Null where one cannot be read. */
export function readProxies(text: string): readonly string[] | null {
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
  return parts.every(isRange) ? parts : null
}

function isRange(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/')
  const version = isIP(address)
  if (version === 0 || rest.length > 0) return false
  return (
    prefix === undefined ||
    (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128))
  )
}

export function createCallerAddress(proxies: readonly string[]): CallerAddress {
  const trusted = new BlockList()
  for (const range of proxies) {
    const [address = '', prefix] = range.split('/')
    const family = isIP(address) === 4 ? 'ipv4' : 'ipv6'
    if (prefix === undefined) trusted.addAddress(address, family)
    else trusted.addSubnet(address, Number(prefix), family)
  }
  const isTrusted = (address: string) => {
    const version = isIP(address)
    return version !== 0 && trusted.check(address, version === 4 ? 'ipv4' : 'ipv6')
  }
  return {
    isBehindProxies: proxies.length > 0,
    addressOf(context) {
      const peer = plain(peerOf(context))
      if (!isTrusted(peer)) return peer
      const named = (context.req.header('x-forwarded-for') ?? '')
        .split(',')
        .map((part) => plain(part.trim()))
      // From the end: each proxy adds whom it heard, and only what a trusted one added is true.
      const caller = named.findLast((address) => !isTrusted(address))
      return caller !== undefined && isIP(caller) !== 0 ? caller : peer
    },
  }
}

function peerOf(context: Context): string {
  try {
    return getConnInfo(context).remote.address ?? ''
  } catch {
    return ''
  }
}

/** An IPv4 address is one, also where the socket writes it as IPv6; without a port or brackets. */
function plain(address: string): string {
  const bare = address.replace(/^\[(.*)\](?::\d+)?$/, '$1').replace(/%.*$/, '')
  const four = /^(?:::ffff:)?(\d{1,3}(?:\.\d{1,3}){3})(?::\d+)?$/i.exec(bare)
  return four?.[1] ?? bare
}

/** What one sender has to itself: an IPv4 address, or of IPv6 the network of 64 bits, of which everybody has 2⁶⁴ addresses. */
export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address
  const [head = '', tail] = address.toLowerCase().split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0')
  const groups = tail === undefined ? left : [...left, ...zeros, ...right]
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`
}

export function isLoopback(address: string): boolean {
  return address === '' || address === '::1' || address.startsWith('127.')
}
