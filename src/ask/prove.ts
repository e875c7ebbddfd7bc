/** Asks for a challenge and has it solved in a thread of its own, while somebody still types. */
import { patienceMs, type Challenge, type Proof } from '#domain/ask/proof.ts'
import { post } from './page.ts'

/** Null where it took too long, or this browser cannot: the request then waits for a person. */
export async function prove(code: string): Promise<Proof | null> {
  const answer = await post('/challenge', { code })
  if (!answer || answer.status !== 200) return null
  const challenge = JSON.parse(answer.text) as Challenge
  return new Promise((resolve) => {
    let worker: Worker
    try {
      worker = new Worker(new URL('./prove-worker.ts', import.meta.url), { type: 'classic' })
    } catch {
      resolve(null)
      return
    }
    const end = (proof: Proof | null) => {
      clearTimeout(timer)
      worker.terminate()
      resolve(proof)
    }
    const timer = setTimeout(() => end(null), patienceMs)
    worker.onmessage = ({ data }: MessageEvent<number | null>) =>
      end(data === null ? null : { challenge, nonce: data })
    worker.onerror = () => end(null)
    worker.postMessage(challenge)
  })
}
