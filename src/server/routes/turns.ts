/**
 * Turns of an account: so many of its requests are at work at once, the others wait here. Waiting for a lock in the
 * database each of them would hold a connection, and one account with many could leave none for everybody else.
 */
export interface Turns {
  take<T>(account: string, act: () => Promise<T>): Promise<T>
}

export function createTurns(atOnce: number): Turns {
  /** Accounts with something at work, and what waits behind it, first come first. */
  const busy = new Map<string, { running: number; readonly waiting: (() => void)[] }>()

  const begin = (account: string): Promise<void> | void => {
    const held = busy.get(account)
    if (!held) busy.set(account, { running: 1, waiting: [] })
    else if (held.running < atOnce) held.running += 1
    else return new Promise((resolve) => held.waiting.push(resolve))
  }
  const end = (account: string) => {
    const held = busy.get(account)
    if (!held) return
    const next = held.waiting.shift()
    // Whoever waited takes the turn over.
    if (next) next()
    else if (held.running > 1) held.running -= 1
    else busy.delete(account)
  }

  return {
    async take(account, act) {
      await begin(account)
      try {
        return await act()
      } finally {
        end(account)
      }
    },
  }
}
