/** A code for a wall, made as an office makes it: in its app, by the Chromium of today. */
import { sql } from 'kysely'
import { openDatabase } from '#server/db/connect.ts'
import { launchChrome, notInstalled } from '#tests/support/chrome.ts'
import { signIn } from '#tests/support/areas/entry.ts'
import { front, go } from '#tests/support/worker-app.ts'

/** `url`: the office's app. The code, as it stands at the end of its address. */
export async function makeWallCode(url: string, databaseUrl: string): Promise<string> {
  const chrome = await launchChrome({ ...notInstalled, viewport: { width: 1180, height: 820 } })
  const db = openDatabase(databaseUrl)
  try {
    const desk = await chrome.context.newPage()
    await signIn(desk, url, 'admin')
    await go(desk, '/wall-codes')
    await front(desk).getByLabel('楼幢').selectOption({ index: 1 })
    await front(desk).getByRole('button', { name: '做码' }).first().click()
    await front(desk).getByRole('button', { name: '打印，A4一页四张' }).waitFor()
    const { rows } = await sql<{ code: string }>`
      select fields->>'code' as code from record where kind = 'code'`.execute(db)
    if (!rows[0]) throw new Error('the office made no code')
    return rows[0].code
  } finally {
    await db.destroy()
    await chrome.close()
  }
}
