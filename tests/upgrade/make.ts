/**
 * Makes a golden file of a released version: its own app in Chromium against its own server, with work that was saved
 * after the connection went. A device's key cannot be read by scripts, so this browser is told to make one that can.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { openCluster } from '#server/cluster/open-cluster.ts'
import { openDatabase } from '#server/db/connect.ts'
import { launchChrome } from '#tests/support/chrome.ts'
import { copyOffice } from '#tests/support/office-copy.ts'
import { chooseWayIn, pin } from '#tests/support/areas/entry.ts'
import { agree, front, go, save, waitForSync } from '#tests/support/worker-app.ts'
import { createWuseServer, demoPassword } from '#tests/support/wuse-server.ts'
import { goOffline } from '#tests/support/offline.ts'
import type { Golden, GoldenDevice, StoredDatabase } from './golden.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

export async function makeGolden(commit: string, name: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'wuse-released-'))
  const archive = execFileSync('git', ['archive', commit], { cwd: root, maxBuffer: 1 << 28 })
  execFileSync('tar', ['x', '-C', folder], { input: archive })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  execFileSync(process.execPath, ['build.mjs', '--quiet'], { cwd: folder, stdio: 'inherit' })

  const server = await createWuseServer(40)
  try {
    await server.start(join(folder, 'dist/server/main.js'))
    const at = new Date().toISOString()
    const devices: GoldenDevice[] = []
    // Somebody of one grid, and somebody of more than one.
    // Of one grid each: their PIN alone opens what they hold.
    for (const login of ['worker1', 'worker2']) devices.push(await workOn(server.url, login))
    await server.stop()
    const database = await readDatabase(server.dataDir)
    const golden: Golden = { at, password: demoPassword, ...database, devices }
    const packed = gzipSync(JSON.stringify(golden), { level: 9 })
    writeFileSync(join(root, 'tests/upgrade/golden', `${name}.json.gz`), packed)
  } finally {
    await server.remove()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Signs in, sends a note, loses the connection, and saves another one that stays on the device. */
async function workOn(url: string, login: string): Promise<GoldenDevice> {
  const office = await copyOffice(url, login)
  const resident = office.all('resident').find(({ fields }) => !fields.movedOutOn && !fields.diedOn)
  if (!resident) throw new Error(`${login} has no resident`)
  const chrome = await launchChrome({ viewport: { width: 390, height: 844 } })
  try {
    await chrome.context.addInitScript(() => {
      const subtle = SubtleCrypto.prototype
      const make = subtle.generateKey as (...given: unknown[]) => Promise<CryptoKey>
      Object.assign(subtle, {
        generateKey(this: SubtleCrypto, algorithm: unknown, _: boolean, usages: unknown) {
          return make.call(this, algorithm, true, usages)
        },
      })
    })
    const page = chrome.context.pages()[0] ?? (await chrome.context.newPage())
    page.setDefaultTimeout(30_000)
    await page.goto(url)
    await page.getByLabel('账号').fill(login)
    await page.getByLabel('密码').fill(demoPassword)
    await page.getByRole('button', { name: '登录' }).click()
    await chooseWayIn(page)
    await page.getByRole('navigation').first().waitFor({ timeout: 60_000 })
    await noteDown(page, resident.id, '样例备注一')
    await waitForSync(page, 'up-to-date')
    await goOffline(chrome.context)
    const note = '样例备注二'
    await noteDown(page, resident.id, note)
    // And a form that was left half-filled.
    await typeNote(page, resident.id, '样例备注三')
    await go(page, '/')
    let databases = await page.evaluate(readDatabases)
    const hasDraft = () =>
      databases.some(({ stores }) =>
        stores.some(({ name, rows }) => name === 'drafts' && rows.length > 0),
      )
    while (!hasDraft()) databases = await page.evaluate(readDatabases)
    const cookies = await chrome.context.cookies()
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
    return { login, pin, cookie, resident: resident.id, note, databases }
  } finally {
    await chrome.close()
  }
}

async function noteDown(page: Page, resident: string, note: string): Promise<void> {
  await typeNote(page, resident, note)
  await save(page, /保存/)
  await go(page, '/')
}

async function typeNote(page: Page, resident: string, note: string): Promise<void> {
  await go(page, `/resident/${resident}/edit`)
  await front(page).getByRole('button', { name: '核对证件' }).click()
  await front(page).getByRole('button', { name: '更多', exact: true }).click()
  await front(page).getByRole('textbox', { name: '备注' }).fill(note)
  await agree(page)
}

/** Runs in the page. */
async function readDatabases(): Promise<StoredDatabase[]> {
  const done = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error ?? new Error('not read'))
    })
  const toText = (bytes: Uint8Array) => {
    let text = ''
    for (const byte of bytes) text += String.fromCharCode(byte)
    return btoa(text)
  }
  const toStored = async (value: unknown): Promise<unknown> => {
    if (value instanceof Uint8Array) return { $bytes: toText(value) }
    if (value instanceof CryptoKey) {
      const algorithm = value.algorithm.name
      if (!value.extractable) return { $key: '', algorithm, usages: value.usages }
      const raw = new Uint8Array(await crypto.subtle.exportKey('raw', value))
      return { $key: toText(raw), algorithm, usages: value.usages }
    }
    if (Array.isArray(value)) return Promise.all(value.map(toStored))
    if (typeof value === 'object' && value !== null) {
      const entries: [string, unknown][] = []
      for (const [name, inner] of Object.entries(value)) entries.push([name, await toStored(inner)])
      return Object.fromEntries(entries)
    }
    return value
  }
  const databases: StoredDatabase[] = []
  for (const { name = '', version = 1 } of await indexedDB.databases()) {
    const db = await done(indexedDB.open(name))
    const stores = []
    for (const storeName of Array.from(db.objectStoreNames)) {
      const store = db.transaction(storeName).objectStore(storeName)
      const { keyPath, autoIncrement } = store
      const indexes = Array.from(store.indexNames).map((index) => {
        const found = store.index(index)
        return { name: index, keyPath: found.keyPath, unique: found.unique }
      })
      const [keys, values] = await Promise.all([done(store.getAllKeys()), done(store.getAll())])
      const rows = []
      for (const [index, key] of keys.entries()) {
        rows.push([await toStored(key), await toStored(values[index])])
      }
      stores.push({ name: storeName, keyPath, autoIncrement, indexes, rows })
    }
    db.close()
    databases.push({ name, version, stores } as unknown as StoredDatabase)
  }
  return databases
}

/** Every table that the version made, but those that it makes anew at each start. */
async function readDatabase(dataDir: string): Promise<Pick<Golden, 'migrations' | 'tables'>> {
  const cluster = await openCluster({ dataDir })
  const db = openDatabase(cluster.url)
  try {
    const names = await sql<{ name: string }>`select table_name as name
      from information_schema.tables where table_schema = 'public' order by 1`.execute(db)
    const tables: Record<string, object[]> = {}
    for (const { name } of names.rows) {
      if (name.startsWith('kysely_') || name === 'snapshot') continue
      const rows = await sql<{ line: object }>`
        select to_json(row) as line from ${sql.table(name)} as row`.execute(db)
      tables[name] = rows.rows.map(({ line }) => line)
    }
    const done = await sql<{ name: string }>`
      select name from kysely_migration order by name`.execute(db)
    return { migrations: done.rows.map(({ name }) => name), tables }
  } finally {
    await db.destroy()
    await cluster.stop()
  }
}
