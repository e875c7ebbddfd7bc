/** Proof of work without anybody's service: a signed question that the server need not remember, and its answer. */
import { createHmac, pbkdf2, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import {
  beginsWithZeros,
  challengeMs,
  mostProofBits,
  proofBits,
  proofRounds,
  signedText,
  type Challenge,
  type Proof,
} from '#domain/ask/proof.ts'
import { signingKey } from '#server/db/ask.ts'
import type { Office } from '../context.ts'
import { networkOf } from '../caller-address.ts'

const derive = promisify(pbkdf2)
const hourMs = 3_600_000
/** Of one network in an hour; from then on each doubling asks for one bit more. */
const usualOfNetwork = 400

export interface Challenges {
  make(code: string, address: string): Promise<Challenge>
  /** Whether a proof is one of ours, for this code, in time and true. Used twice is found when it is written down. */
  holds(proof: Proof | null, code: string): Promise<boolean>
}

export function createChallenges({ db, clock, randomBytes }: Office): Challenges {
  let key: Promise<string> | null = null
  const keyNow = () => {
    key ??= signingKey(db, Buffer.from(randomBytes(32)).toString('hex')).catch((fault: unknown) => {
      key = null
      throw fault
    })
    return key
  }
  const sign = async (challenge: Omit<Challenge, 'signature'>) =>
    createHmac('sha256', await keyNow())
      .update(signedText(challenge))
      .digest('hex')
  const seen = createCounts(() => clock.now())
  return {
    async make(code, address) {
      const many = seen.add(networkOf(address))
      const extra = Math.floor(Math.log2(Math.max(1, many / usualOfNetwork)))
      const challenge = {
        ...{ code, salt: Buffer.from(randomBytes(16)).toString('hex') },
        ...{ until: clock.now() + challengeMs, rounds: proofRounds },
        bits: Math.min(mostProofBits, proofBits + extra),
      }
      return { ...challenge, signature: await sign(challenge) }
    },
    async holds(proof, code) {
      if (!proof) return false
      const { challenge, nonce } = proof
      const { signature, ...signed } = challenge
      if (challenge.code !== code || challenge.until < clock.now()) return false
      const own = await sign(signed)
      // The cheap questions first: whoever sends nonsense costs no slow hash.
      if (!timingSafeEqual(Buffer.from(own, 'hex'), Buffer.from(signature, 'hex'))) return false
      const salt = Buffer.from(challenge.salt, 'hex')
      const bytes = await derive(String(nonce), salt, challenge.rounds, 32, 'sha256')
      return beginsWithZeros(bytes, challenge.bits)
    },
  }
}

/** How often a network asked in this hour: in memory alone, and forgotten when the hour is over. */
function createCounts(now: () => number) {
  let hour = 0
  let counts = new Map<string, number>()
  return {
    add(network: string): number {
      const current = Math.floor(now() / hourMs)
      if (current !== hour || counts.size > 100_000) {
        hour = current
        counts = new Map()
      }
      const count = (counts.get(network) ?? 0) + 1
      counts.set(network, count)
      return count
    },
  }
}
