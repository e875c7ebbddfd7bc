/** A first pull over a bad line, from the start to its end: the device's own plan and pull over whatever wire a test has. */
import type { Clock } from '#app/platform/clock.ts'
import { idlePlan, nextStep, type SyncEvent } from '#app/sync/plan.ts'
import { pullOnce } from '#app/sync/pull.ts'
import type { Wire } from '#app/sync/wire.ts'
import { createDisk, createMemoryVault, type Disk } from './memory-vault.ts'

export interface WholePull {
  readonly disk: Disk
  /** Times that the server was asked. */
  readonly tries: number
}

interface Parts {
  readonly wire: Pick<Wire, 'pull'>
  readonly clock: Clock
  readonly account: string
  readonly device: string
  /** Lets so many milliseconds go by. */
  readonly rest: (milliseconds: number) => Promise<void> | void
  readonly mostTries: number
}

export async function pullToTheEnd(parts: Parts): Promise<WholePull> {
  const { wire, clock, account, device, rest, mostTries } = parts
  const disk = createDisk()
  const vault = createMemoryVault(account, device, disk)
  let plan = { ...idlePlan }
  let event: SyncEvent = { type: 'tick' }
  for (let tries = 0; tries < mostTries;) {
    const step = nextStep(plan, event, 0.5)
    plan = step.plan
    const pull = step.effects.find((effect) => effect.do === 'pull')
    const wait = step.effects.find((effect) => effect.do === 'wait')
    if (pull) {
      tries += 1
      const pulled = await pullOnce(
        { vault, wire, clock, pageSize: pull.pageSize },
        {
          interrupted: () => false,
          onSkew: () => {},
          onPages: () => {},
          onProgress: () => {},
          onDropped: () => {},
          isWaiting: () => false,
        },
      )
      event = pulled.event
      if (event.type === 'pulled' && event.complete) return { disk, tries }
    } else if (wait) {
      await rest(wait.milliseconds)
      event = { type: 'tick' }
    } else throw new Error(`sync fell asleep: ${JSON.stringify(plan)}`)
  }
  throw new Error(`not done after ${mostTries} tries`)
}
