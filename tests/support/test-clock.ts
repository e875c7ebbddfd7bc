/**
 * The day on which the browser tests live: a Wednesday between two working days, so that a holiday is not another run.
 * Server, browsers and the tests themselves are ahead of the machine's clock, or behind it, by the same time.
 * `WUSE_TEST_DAY=2027-02-17` makes it another day. Benchmarks and screenshots live today.
 */

/** Milliseconds, kept for the run: each worker of the test runner is a process of its own, and each server another. */
const setting = 'WUSE_TEST_OFFSET'

export function beginTestDay(): void {
  const day = process.env['WUSE_TEST_DAY'] ?? '2026-11-25'
  const morning = Date.parse(`${day}T10:00+08:00`)
  if (Number.isNaN(morning)) throw new Error('WUSE_TEST_DAY should be a day as in 2026-11-25')
  process.env[setting] = String(morning - Date.now())
}

const offset = () => Number(process.env[setting] ?? 0)

export const testClock = {
  /** How far the tests are ahead of the machine, in milliseconds. */
  offset,
  now: () => Date.now() + offset(),
  today: () => new Date(Date.now() + offset()).toISOString().slice(0, 10),
  /** What the environment of a server needs. */
  setting: (): Readonly<Record<string, string>> =>
    offset() === 0 ? {} : { WUSE_CLOCK: new Date(Date.now() + offset()).toISOString() },
}

/** Runs in each page before everything else; the browser gets its text, so it names nothing outside. */
export function shiftDates(by: number): void {
  const Real = Date
  globalThis.Date = new Proxy(Real, {
    construct: (target, given: unknown[], made) =>
      Reflect.construct(target, given.length === 0 ? [Real.now() + by] : given, made) as object,
    apply: () => new Real(Real.now() + by).toString(),
    get: (target, name, receiver) =>
      name === 'now' ? () => Real.now() + by : (Reflect.get(target, name, receiver) as unknown),
  })
}
