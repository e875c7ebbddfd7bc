/** What the commands of an office share: they open the register, say lines, and end with one line where it failed. */
import { StartTrouble } from './cluster/trouble.ts'
import { readConfig } from './config.ts'
import { openRegister, type OpenRegister } from './open-register.ts'
import { systemLog } from './system.ts'

export async function withRegister(act: (register: OpenRegister) => Promise<void>): Promise<void> {
  const register = await openRegister(readConfig(process.env), systemLog)
  try {
    await act(register)
  } finally {
    await register.close()
  }
}

export function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** `failed`: what a person reads before a reason that nobody foresaw. */
export function runCommand(run: () => Promise<void>, failed: string): void {
  run().catch((error: unknown) => {
    const line = error instanceof StartTrouble ? error.message : `${failed}: ${String(error)}`
    process.stderr.write(`${line}\n`)
    process.exit(1)
  })
}
