/** What the session asks of the platform's passkeys; the real ones are fetched when somebody uses one. */
import type { Bytes } from '#app/platform/sealing.ts'
import type { PasskeyQuestion } from '#app/vault/keyring-shape.ts'

export interface Passkeys {
  /** Makes one and asks it at once; null where there is none here that can answer, or the person thought better of it. */
  make(
    login: string,
  ): Promise<{ readonly question: PasskeyQuestion; readonly answer: Bytes } | null>
  /** 32 bytes, the same to the same question; null where nobody answered. */
  ask(question: PasskeyQuestion): Promise<Bytes | null>
}
