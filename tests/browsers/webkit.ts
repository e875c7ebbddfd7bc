/** WebKitGTK by W3C WebDriver over HTTP, on a screen that nobody sees. Its sessions keep nothing. */
import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { until, wait, type Browser, type BrowserKind } from './browser.ts'

export function webkit(driver: string, screen: string, miniBrowser: string): BrowserKind {
  return {
    name: 'WebKitGTK',
    keeps: false,
    open: (_profile, size) => open(driver, screen, miniBrowser, size),
  }
}

async function open(
  driver: string,
  screen: string,
  miniBrowser: string,
  size: { readonly width: number; readonly height: number },
): Promise<Browser> {
  const display = `:${90 + (process.pid % 900)}`
  const env = { ...process.env, DISPLAY: display, TZ: 'Asia/Shanghai', LANG: 'zh_CN.UTF-8' }
  const glass = spawn(screen, [display, '-screen', '0', '1400x1000x24', '-nolisten', 'tcp'], {
    stdio: 'ignore',
  })
  const port = await freePort()
  await wait(500) // the screen says nothing when it is there; the session below is asked for again
  const child = spawn(driver, [`--port=${port}`], { env, stdio: 'ignore' })
  const end = async () => {
    for (const one of [child, glass]) {
      const ended = new Promise((resolve) => one.once('exit', resolve))
      if (one.exitCode !== null) continue
      one.kill()
      await ended
    }
  }
  const ask = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const { value } = (await answer.json()) as { value: T & { readonly message?: string } }
    if (!answer.ok) throw new Error(`${path}: ${value.message ?? ''}`)
    return value
  }
  const options = { binary: miniBrowser, args: ['--automation'] }
  const always = { alwaysMatch: { 'webkitgtk:browserOptions': options } }
  const { sessionId } = await until(
    'a session of WebKitGTK',
    () => ask<{ sessionId: string }>('POST', '/session', { capabilities: always }),
    20_000,
  ).catch(async (error: unknown) => {
    await end()
    throw error
  })
  const tell = <T>(path: string, body: object = {}) =>
    ask<T>('POST', `/session/${sessionId}${path}`, body)
  await tell('/timeouts', { script: 30_000, pageLoad: 60_000 })
  // The window's own bars come on top of the page.
  await tell('/window/rect', { width: size.width, height: size.height + 80 })
  return {
    goto: async (url) => {
      await tell('/url', { url })
    },
    async evaluate<T>(expression: string) {
      const script = `const done = arguments[0]; Promise.resolve((${expression})).then((value) => done({ value }), () => done(null))`
      const answer = await tell<{ value: T } | null>('/execute/async', { script, args: [] })
      if (!answer) throw new Error('the page refused an expression')
      return answer.value
    },
    tap: async (x, y) => {
      const at = { x: Math.round(x), y: Math.round(y), duration: 0 }
      await tell('/actions', {
        actions: [
          {
            type: 'pointer',
            id: 'finger',
            parameters: { pointerType: 'mouse' },
            actions: [
              { type: 'pointerMove', ...at },
              { type: 'pointerDown', button: 0 },
              { type: 'pointerUp', button: 0 },
            ],
          },
        ],
      })
    },
    type: async (text) => {
      const actions = [...text].flatMap((value) => [
        { type: 'keyDown', value },
        { type: 'keyUp', value },
      ])
      await tell('/actions', { actions: [{ type: 'key', id: 'keys', actions }] })
    },
    async close() {
      await ask('DELETE', `/session/${sessionId}`).catch(() => {})
      await end()
    },
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address ? address.port : 0
      server.close(() => resolve(port))
    })
  })
}
