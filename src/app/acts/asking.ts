/** How an act asks the office: by this device's session, by nobody's, or line by line where the answer is long. */
import type * as v from 'valibot'
import type { Network } from '#app/platform/network.ts'
import type { OfficeAnswer } from './office-answer.ts'
import type { PlacesParts } from './places-acts.ts'

/** One grid at a time is counted, one building at a time goes, and each is told. */
const countPatienceMs = 60_000

/** `device`: whose session it goes by; null while nobody is at work. */
export function createAsking(
  network: Pick<Network, 'request' | 'lines'>,
  device: () => string | null,
) {
  /** Before anybody is at work: by no device and in no session. */
  const askAsNobody = async <T>(
    method: 'GET' | 'POST',
    path: string,
    schema: v.GenericSchema<unknown, T>,
    body?: unknown,
  ): Promise<OfficeAnswer<T>> => {
    const answer = await network.request(path, {
      ...{ method, schema },
      ...(body === undefined ? {} : { body }),
    })
    if (answer.ok) return { ok: true, value: answer.value }
    return { ok: false, problem: answer.problem === 'cut-short' ? 'offline' : answer.problem }
  }
  const ask = async <T>(
    method: 'GET' | 'POST',
    path: string,
    schema: v.GenericSchema<unknown, T>,
    body?: unknown,
    timeoutMs?: number,
  ): Promise<OfficeAnswer<T>> => {
    const own = device()
    if (own === null) return { ok: false, problem: 'not-signed-in' }
    const answer = await network.request(path, {
      method,
      schema,
      device: own,
      ...(body === undefined ? {} : { body }),
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    })
    if (answer.ok) return answer
    const { problem } = answer
    return { ok: false, problem: problem === 'cut-short' ? 'offline' : problem }
  }

  const listen: PlacesParts['listen'] = async (path, schema, body, { onLine, signal }) => {
    const own = device()
    if (own === null) return { ok: false, problem: 'not-signed-in' }
    const answer = await network.lines(path, {
      ...{ body, device: own, schema, signal, timeoutMs: countPatienceMs },
      isEnd(line) {
        const isEnd = line.type === 'end'
        if (isEnd) onLine(line)
        return isEnd
      },
      onLine(line) {
        onLine(line)
        return Promise.resolve('go-on')
      },
    })
    if (answer.ok) return { ok: true, value: null }
    const { problem } = answer
    return { ok: false, problem: problem === 'cut-short' ? 'offline' : problem }
  }

  return { ask, askAsNobody, listen }
}
