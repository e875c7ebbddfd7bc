/** Firefox by WebDriver BiDi (W3C), which it speaks without a driver beside it. */
import { spawn } from 'node:child_process'
import type { Browser, BrowserKind } from './browser.ts'

export function firefox(binary: string): BrowserKind {
  return { name: 'Firefox', keeps: true, open: (profile, size) => open(binary, profile, size) }
}

interface Message {
  readonly id?: number
  readonly type?: string
  readonly result?: unknown
  readonly message?: string
}

async function open(
  binary: string,
  profile: string,
  size: { readonly width: number; readonly height: number },
): Promise<Browser> {
  const words = ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port=0']
  const child = spawn(binary, [...words, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, TZ: 'Asia/Shanghai', HOME: profile, LANG: 'zh_CN.UTF-8' },
  })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const address = await new Promise<string>((resolve, reject) => {
    let said = ''
    child.stderr.on('data', (text: Buffer) => {
      said += text.toString()
      const found = /WebDriver BiDi listening on (ws:\/\/\S+)/.exec(said)?.[1]
      if (found !== undefined) resolve(found)
    })
    child.once('exit', () => reject(new Error(`Firefox ended: ${said.slice(-400)}`)))
  })
  const socket = new WebSocket(`${address}/session`)
  await new Promise((resolve, reject) => {
    socket.onopen = resolve
    socket.onerror = reject
  })
  const waiting = new Map<number, (message: Message) => void>()
  let count = 0
  socket.onmessage = ({ data }: MessageEvent<string>) => {
    const message = JSON.parse(data) as Message
    if (message.id !== undefined) waiting.get(message.id)?.(message)
  }
  const tell = <T>(method: string, params: object = {}) =>
    new Promise<T>((resolve, reject) => {
      const id = (count += 1)
      waiting.set(id, ({ type, result, message }) => {
        waiting.delete(id)
        if (type === 'error') reject(new Error(`${method}: ${message ?? ''}`))
        else resolve(result as T)
      })
      socket.send(JSON.stringify({ id, method, params }))
    })
  await tell('session.new', { capabilities: {} })
  const tree = await tell<{ contexts: { readonly context: string }[] }>('browsingContext.getTree')
  const context = tree.contexts[0]?.context
  await tell('browsingContext.setViewport', { context, viewport: size })
  const act = (actions: readonly object[]) => tell('input.performActions', { context, actions })
  return {
    goto: async (url) => {
      await tell('browsingContext.navigate', { context, url, wait: 'none' })
    },
    async evaluate<T>(expression: string) {
      const answer = await tell<{ result: { readonly value?: string }; type: string }>(
        'script.evaluate',
        {
          expression: `(async () => JSON.stringify({ value: await (${expression}) }))()`,
          target: { context },
          awaitPromise: true,
        },
      )
      if (answer.type !== 'success') throw new Error('the page refused an expression')
      return (JSON.parse(answer.result.value ?? '{}') as { value: T }).value
    },
    tap: async (x, y) => {
      const at = { x: Math.round(x), y: Math.round(y) }
      await act([
        {
          type: 'pointer',
          id: 'finger',
          actions: [
            { type: 'pointerMove', ...at },
            { type: 'pointerDown', button: 0 },
            { type: 'pointerUp', button: 0 },
          ],
        },
      ])
    },
    type: async (text) => {
      const keys = [...text].flatMap((value) => [
        { type: 'keyDown', value },
        { type: 'keyUp', value },
      ])
      await act([{ type: 'key', id: 'keys', actions: keys }])
    },
    async close() {
      void tell('browser.close').catch(() => {})
      const timer = setTimeout(() => child.kill('SIGKILL'), 10_000)
      await ended
      clearTimeout(timer)
    },
  }
}
