/** A matter of a meeting as a request: the request and its first step, of the office that held the meeting. */
import type { DeviceParts } from './device-parts.ts'
import type { Intent } from './intent.ts'
import { createNumbering } from './request-numbers.ts'

interface Parts extends Pick<DeviceParts, 'register' | 'now'> {
  readonly work: Pick<DeviceParts['work'], 'newId'>
}

export function requestOfMatter(
  { register, work, now }: Parts,
  stream: string,
  words: string,
): { readonly request: string; readonly intents: readonly Intent[] } {
  const at = new Date(now()).toISOString()
  const request = work.newId(stream)
  const number = createNumbering(register)(stream, request, at)
  return {
    request,
    intents: [
      {
        ...{ op: 'create', kind: 'request', record: request, stream },
        fields: { number, words, level: 'ordinary', source: 'meeting', at },
      },
      {
        ...{ op: 'create', kind: 'request-step', record: work.newId(stream), stream },
        fields: { request, step: 'submit', at, level: 'ordinary' },
      },
    ],
  }
}
