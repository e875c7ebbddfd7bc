/** The door of the server: login and password in, a session out. The cookie is the browser's own affair. */
import type { Network } from '#app/platform/network.ts'
import { sessionSchema } from '#protocol/session.ts'
import { protocolVersion } from '#protocol/version.ts'
import type { SignIn } from './accounts.ts'

/** `deviceName` as in `protocol/session.ts`. */
export function createSignIn(network: Network, deviceName: string): SignIn {
  return async ({ login, password, device }) => {
    const answer = await network.request('/api/session', {
      method: 'POST',
      body: { protocol: protocolVersion, login, password, device, deviceName },
      schema: sessionSchema,
    })
    if (answer.ok) return answer
    const { problem } = answer
    return { ok: false, problem: problem === 'cut-short' ? 'unreadable-answer' : problem }
  }
}
