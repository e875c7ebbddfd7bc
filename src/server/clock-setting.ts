/** `WUSE_CLOCK`: at which moment this server's clock begins, for tests that need a certain day. It goes on from there. */

export interface Clock {
  now(): number
}

/** An instant as in `2026-11-25T10:00+08:00`; null where the text is none. */
export function readMoment(text: string): number | null {
  const isMoment = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)$/.test(
    text,
  )
  const moment = isMoment ? Date.parse(text) : Number.NaN
  return Number.isFinite(moment) ? moment : null
}

/** `began`: when this process was started, by the machine's clock, in milliseconds. */
export function clockFrom(setting: string | undefined, now: () => number, began: number): Clock {
  const moment = setting ? readMoment(setting) : null
  if (moment === null) return { now }
  // Whole milliseconds, as the machine's own clock gives them.
  return { now: () => Math.round(now() - began + moment) }
}
