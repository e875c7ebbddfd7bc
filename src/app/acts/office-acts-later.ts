/** The office's acts, whose messages are no part of the first screen: their script comes with the first of them. */
import type { OfficeActs } from '#app/acts/office-acts.ts'

/** Each act waits for the real ones; where their script does not come it says so as without a connection. */
export function createOfficeActsLater(load: () => Promise<OfficeActs>): OfficeActs {
  let loading: Promise<OfficeActs> | null = null
  const loaded = () => {
    loading ??= load().catch((error: unknown) => {
      loading = null
      throw error
    })
    return loading
  }
  return new Proxy({} as OfficeActs, {
    get:
      (_, act: keyof OfficeActs) =>
      async (...given: never[]) => {
        const acts = await loaded().catch(() => null)
        if (acts === null) return { ok: false, problem: 'offline' }
        return (acts[act] as (...given: never[]) => unknown)(...given)
      },
  })
}
