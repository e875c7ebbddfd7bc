/** The door of the server: login and password in, a session out, with the token that is sealed on the device. */
import type { Network } from '#app/platform/network.ts'
import { sessionSchema } from '#protocol/session.ts'
import { oldestSpoken, protocolVersion } from '#protocol/version.ts'
import type { SignIn } from './accounts.ts'

/** `deviceName` as in `protocol/session.ts`. */
export function createSignIn(network: Network, deviceName: string): SignIn {
  return async ({ login, password, newPassword, attempt, code, device }) => {
    const ask = (protocol: number) =>
      network.request('/api/session', {
        method: 'POST',
        // Only so that the browser keeps `wasHereCookie`, which opens nothing; no session comes by a cookie.
        cookie: protocol === protocolVersion,
        body: {
          ...{ protocol, login, password, device, deviceName },
          ...(newPassword === undefined ? {} : { newPassword, attempt }),
          ...(code === undefined ? {} : { code }),
        },
        schema: sessionSchema,
      })
    let answer = await ask(protocolVersion)
    // The server is not updated yet: it reads the version before.
    if (!answer.ok && answer.problem === 'server-too-old') answer = await ask(oldestSpoken)
    // A server before version 0.2.0 would open by a cookie, which this app neither sends nor keeps.
    if (answer.ok && answer.value.token === undefined) {
      return { ok: false, problem: 'server-too-old' }
    }
    if (answer.ok) return answer
    const { problem, retryAfter, factor } = answer
    const said = problem === 'cut-short' ? 'unreadable-answer' : problem
    return { ok: false, problem: said, retryAfter, factor }
  }
}
