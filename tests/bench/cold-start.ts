import { median, row, type AddRow } from './rows.ts'
import { unlockAnew, type Tablet, type Unlocking } from './tablet.ts'

/** A worker's morning: the browser is started anew, there is no server, and the processor is slow. */
export async function measureColdStart(
  tablet: Tablet,
  url: string,
  isQuick: boolean,
  add: AddRow,
): Promise<void> {
  for (const slowdown of [1, 4]) {
    const starts: Unlocking[] = []
    for (let n = 0; n < (isQuick ? 2 : 5); n += 1) {
      const seat = await tablet.open(slowdown)
      starts.push(await unlockAnew(seat, url))
      await seat.close()
    }
    const of = (name: keyof Unlocking) => median(starts.map((start) => start[name]))
    const how = slowdown === 1 ? '' : `, slowed ${slowdown}×`
    const note = `Argon2id ${Math.round(of('key'))} ms of it, load ${Math.round(of('load'))} ms`
    const budget = slowdown === 1 ? null : 1_000
    add(
      row(`cold start offline: PIN to today list, one grid${how}`, 'ms', budget, of('firstCard'), {
        note,
      }),
      row(`cold start offline: navigation to PIN pad${how}`, 'ms', null, of('pinPad')),
    )
  }
}
