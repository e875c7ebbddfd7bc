import { Presets, SingleBar } from 'cli-progress'

export interface ProgressLine {
  update(done: number, total: number): void
  end(): void
}

/** A bar on a terminal; elsewhere a line for each tenth, so that a log stays readable. */
export function createProgress(label: string): ProgressLine {
  if (!process.stderr.isTTY) {
    let last = -1
    return {
      update(done, total) {
        const tenth = Math.floor((done / Math.max(total, 1)) * 10)
        if (tenth > last) process.stderr.write(`${label}: ${done} of ${total}\n`)
        last = Math.max(last, tenth)
      },
      end: () => undefined,
    }
  }
  const bar = new SingleBar(
    { format: `${label} {bar} {percentage}% {value}/{total}`, hideCursor: true },
    Presets.shades_classic,
  )
  let isStarted = false
  return {
    update(done, total) {
      if (!isStarted) bar.start(total, done)
      else bar.update(done)
      isStarted = true
    },
    end: () => bar.stop(),
  }
}
