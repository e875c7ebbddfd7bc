/** The door of the server: login and password in, a session out. The cookie is the browser's own affair. */
import type { Network } from '#app/platform/network.ts'
import { sessionSchema } from '#protocol/session.ts'
import { oldestSpoken, protocolVersion } from '#protocol/version.ts'
import type { SignIn } from './accounts.ts'

/** `deviceName` as in `protocol/session.ts`. */
export function createSignIn(network: Network, deviceName: string): SignIn {
  return async ({ login, password, newPassword, device }) => {
    const ask = (protocol: number) =>
      network.request('/api/session', {
        method: 'POST',
        body: {
          ...{ protocol, login, password, device, deviceName },
          ...(newPassword === undefined ? {} : { newPassword }),
        },
        schema: sessionSchema,
      })
    let answer = await ask(protocolVersion)
    // The server is not updated yet: it reads the version before.
    if (!answer.ok && answer.problem === 'server-too-old') answer = await ask(oldestSpoken)
    if (answer.ok) return answer
    const { problem } = answer
    return { ok: false, problem: problem === 'cut-short' ? 'unreadable-answer' : problem }
  }
}
