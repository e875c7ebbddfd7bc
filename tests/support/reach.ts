import { reasonFor, touchedBy, type Judging } from './judge-statements.ts'
import { statementsOf } from './watch-statements.ts'

/** What an act touches where streams and devices lie on several machines, counted on the plans of tables in eight parts. */
export interface Reach {
  readonly statements: number
  /** Parts of what goes by stream, and of what goes by device. */
  readonly streams: number
  readonly devices: number
  /** Of whatever else has a key or lies whole on one machine; tables that are everywhere count for none. */
  readonly others: readonly string[]
  /** Of one statement at most, of whatever table. */
  readonly most: number
  /** Statements that ask every part, for a reason that stands in `several-parts.ts`: they count in nothing above. */
  readonly everywhere: number
  /** Statements that change anything. */
  readonly writes: number
}

const isWord = /^\s*(?:begin|commit|rollback|start transaction|set)\b/i

/** Runs an act and plans each statement that it sent. Fails where one cannot be planned. */
export async function reachIn(judging: Judging, work: () => Promise<unknown>): Promise<Reach> {
  const sent = (await statementsOf(work)).filter(({ text }) => !isWord.test(text))
  const all = new Set<string>()
  let [most, everywhere] = [0, 0]
  for (const { text, values } of sent) {
    const reason = reasonFor(text)
    if (reason) {
      everywhere += 1
      process.stdout.write(`  ${reason.why}\n`)
      continue
    }
    const touched = await touchedBy(judging.plans, text, values)
    if (touched === null) throw new Error(`cannot be planned: ${text}`)
    touched.parts.forEach((part) => all.add(part))
    most = Math.max(most, touched.parts.size)
  }
  const of = (group: string) => [...all].filter((part) => part.startsWith(`${group} `)).length
  const others = [...all].filter((part) => !/^(?:stream|device) /.test(part)).sort()
  const writes = sent.filter(({ text }) => /^\s*(?:insert|update|delete)\b/i.test(text)).length
  return {
    ...{ statements: sent.length, streams: of('stream'), devices: of('device') },
    ...{ others, most, everywhere, writes },
  }
}

/** Prints what an act touched, for whoever reads a run. */
export function say(act: string, reach: Reach): void {
  const { statements, streams, devices, others, most, everywhere } = reach
  process.stdout.write(
    `${act}: ${statements} statements; parts of streams ${streams}, of devices ${devices}, ` +
      `others ${others.join(', ') || 'none'}; of one statement ${most}; asking every part ${everywhere}\n`,
  )
}
