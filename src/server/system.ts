/** The machine's own clock, chance and output: what the entry points hand to everything else. */
import { randomBytes } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import { clockFrom } from './clock-setting.ts'
import { createLog } from './routes/log.ts'

export const systemClock = clockFrom(
  process.env['WUSE_CLOCK'],
  () => Date.now(),
  performance.timeOrigin,
)
export const systemIds = () => uuidv7()
export const systemRandomBytes = (count: number): Uint8Array => randomBytes(count)
export const systemLog = createLog((line) => process.stdout.write(`${line}\n`), systemClock)
