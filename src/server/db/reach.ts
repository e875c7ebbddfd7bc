import { sql, type Kysely } from 'kysely'
import type { Database } from './schema.ts'

/** True where the database answers within so many milliseconds. */
export async function isReachable(db: Kysely<Database>, patienceMs: number): Promise<boolean> {
  const asked = sql`select 1`.execute(db).then(
    () => true,
    () => false,
  )
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), patienceMs)
  })
  const reached = await Promise.race([asked, late])
  clearTimeout(timer)
  return reached
}
