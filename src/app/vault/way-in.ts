/** What a person types to open an account, and which of it is refused. */
import { isWeakPin } from '#domain/pin.ts'
import { isWeakPassphrase } from '#domain/unlocking.ts'
import type { WayIn } from './keyring-shape.ts'

/** The same letters are typed in several ways: full width, composed or not, with a blank behind. */
export const normalise = (passphrase: string) => passphrase.normalize('NFKC').trim()

export function isWeak(way: WayIn, login: string): boolean {
  if (typeof way === 'string') return isWeakPin(way)
  return isWeakPin(way.pin) || isWeakPassphrase(normalise(way.passphrase), login)
}
