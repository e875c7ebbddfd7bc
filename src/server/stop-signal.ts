/**
 * Aborts at the first SIGINT or SIGTERM, for whoever is to end in order; a second one ends the process at once.
 * npm passes a terminal's Ctrl-C on to a program that got it already: what comes within a moment is the same one.
 */
export function createStopSignal(): AbortSignal {
  const stop = new AbortController()
  let isOneMore = false
  const onSignal = () => {
    if (isOneMore) process.exit(1)
    if (stop.signal.aborted) return
    setTimeout(() => (isOneMore = true), sameMomentMs).unref()
    stop.abort()
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  return stop.signal
}

const sameMomentMs = 500
