/** `npm run distribute`: lays the tables of an existing database out over the machines of its cluster; as each start does. */
import { StartTrouble } from './cluster/trouble.ts'
import { readConfig } from './config.ts'
import { distribute, isCoordinator, isDistributable } from './db/distribution.ts'
import { oneAtATime } from './db/one-at-a-time.ts'
import { notTheCoordinator } from './office.ts'
import { openRegister } from './open-register.ts'
import { createStopSignal } from './stop-signal.ts'
import { systemLog } from './system.ts'

async function run(): Promise<void> {
  const config = readConfig(process.env)
  const url = config.databaseOwnerUrl ?? config.databaseUrl
  if (url === null) {
    throw new StartTrouble(
      'Set DATABASE_URL and DATABASE_OWNER_URL: the PostgreSQL that Wuse brings along is one machine.',
    )
  }
  const { owner, close } = await openRegister(config, systemLog)
  try {
    if (!(await isDistributable(owner))) {
      throw new StartTrouble(
        'This database is one machine: the extension citus is not in it. Nothing was changed.',
      )
    }
    if (!(await isCoordinator(owner))) throw notTheCoordinator(url)
    const { laidOut, now } = await oneAtATime(owner, createStopSignal(), () =>
      distribute(owner, (table) => say(`  ${table}`)),
    )
    say(`${laidOut} tables lie on the machines of the cluster, ${now.length} of them laid out now.`)
  } finally {
    await close()
  }
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

run().catch((error: unknown) => {
  const line = error instanceof StartTrouble ? error.message : `Not laid out: ${String(error)}`
  process.stderr.write(`${line}\n`)
  process.exit(1)
})
