/** What is typed on the page of a code stays on this phone until it is sent: one id, whichever tab it is written in. */
import { newId, newToken, now, store } from './page.ts'

export interface Draft {
  /** The request's own, from the first paint on. */
  readonly id: string
  /** The follow-up code: made here, and its hash alone is sent. */
  readonly token: string
  readonly at: number
  readonly fields: Readonly<Record<string, string>>
  /** It was sent, and this is its number; its words are gone from here then. */
  readonly number: string | null
}

const keptMs = 7 * 24 * 3_600_000
const keyOf = (code: string) => `ask/${code}`

export function draftOf(code: string): Draft {
  const kept = store.read(keyOf(code)) as Draft | null
  if (kept && typeof kept.id === 'string' && now() - kept.at < keptMs) return kept
  const fresh = { id: newId(), token: newToken(), at: now(), fields: {}, number: null }
  store.write(keyOf(code), fresh)
  return fresh
}

/** Another tab may have sent it meanwhile: what is there is asked again. */
export function keepFields(code: string, draft: Draft, fields: Draft['fields']): Draft {
  const kept = store.read(keyOf(code)) as Draft | null
  const base = kept?.id === draft.id ? kept : draft
  const next = { ...base, at: now(), fields }
  store.write(keyOf(code), next)
  return next
}

export function markSent(code: string, draft: Draft, number: string): Draft {
  const sent = { ...draft, fields: {}, number, at: now() }
  store.write(keyOf(code), sent)
  return sent
}

export function beginAnew(code: string): Draft {
  store.remove(keyOf(code))
  return draftOf(code)
}
