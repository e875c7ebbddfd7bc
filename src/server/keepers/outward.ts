/**
 * The one way out of this server, and it is closed unless an operator names an address (docs/decisions/0081). It tells
 * that something waits and where, signed; nothing of anybody. A test holds that no other file calls anything.
 */
import { createHmac } from 'node:crypto'

export interface Notice {
  readonly id: string
  /** ISO 8601 UTC. */
  readonly at: string
  readonly event: 'waiting'
  readonly what: 'page' | 'request'
  /** A community or a grid, by its id and its name. */
  readonly place: string
  readonly name: string | null
  readonly count: number
}

/** How an office hears what waits. There is one way so far; a gateway for short messages would be another. */
export interface Notifier {
  /** The status of the answer; null where there was none. Never throws. */
  tell(notice: Notice): Promise<number | null>
}

export interface NotifySettings {
  readonly url: string
  readonly key: string
}

/**
 * Why an address is none to tell anything: null where it is. Over https anywhere; without it only to a host that the
 * operator names, which is meant for the office's own network.
 */
export function faultOfAddress(text: string, hosts: readonly string[]): string | null {
  if (!URL.canParse(text)) return 'no address'
  const { protocol, hostname, username, password } = new URL(text)
  if (username !== '' || password !== '') return 'a password in the address'
  if (protocol === 'https:') return null
  if (protocol !== 'http:') return 'neither https nor http'
  return hosts.includes(hostname.toLowerCase()) ? null : 'http to a host that is not named'
}

const patienceMs = 10_000

export function createHttpNotifier(
  { url, key }: NotifySettings,
  clock: { now(): number },
): Notifier {
  return {
    async tell(notice) {
      const body = JSON.stringify(notice)
      const moment = String(Math.floor(clock.now() / 1000))
      const signature = signatureOf(key, moment, body)
      try {
        const response = await fetch(url, {
          ...{ method: 'POST', body, redirect: 'manual', signal: AbortSignal.timeout(patienceMs) },
          headers: {
            ...{ 'Content-Type': 'application/json', 'X-Wuse-Id': notice.id },
            'X-Wuse-Signature': `t=${moment},v1=${signature}`,
          },
        })
        // What it says is nobody's business here.
        await response.body?.cancel()
        return response.status
      } catch {
        return null
      }
    },
  }
}

/** HMAC-SHA-256 of the moment, a full stop and the body; hexadecimal. */
export function signatureOf(key: string, moment: string, body: string): string {
  return createHmac('sha256', key).update(`${moment}.${body}`).digest('hex')
}
