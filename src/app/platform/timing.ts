/**
 * Moments that `npm run bench` and the browser's own profiler read (User Timing). Names are constants and nothing is
 * told of anybody.
 */
export type Step = 'wuse key' | 'wuse vault' | 'wuse ready' | 'wuse whole' | 'wuse save'

export function markStep(step: Step): void {
  performance.mark(step)
}

/** The same act; how long each success of it took is measured under the step's name. */
export function timed<A extends unknown[], T>(
  step: Step,
  act: (...given: A) => Promise<T>,
): (...given: A) => Promise<T> {
  return async (...given) => {
    const start = performance.now()
    const done = await act(...given)
    performance.measure(step, { start })
    return done
  }
}
