import { expect, it } from 'vitest'
import { createBackgroundSync } from '#app/platform/background-sync.ts'

function workersWith(registration: object) {
  const target = new EventTarget()
  return Object.assign(target, {
    ready: Promise.resolve(registration as ServiceWorkerRegistration),
  }) as unknown as Pick<
    ServiceWorkerContainer,
    'ready' | 'addEventListener' | 'removeEventListener'
  > &
    EventTarget
}

it('asks the browser, and hears what the worker passes on until it stops listening', async () => {
  const tags: string[] = []
  const workers = workersWith({
    sync: { register: (tag: string) => Promise.resolve(void tags.push(tag)) },
  })
  const background = createBackgroundSync(workers)
  background.ask()
  await expect.poll(() => tags).toEqual(['wuse-unsent'])
  let heard = 0
  const end = background.listen(() => (heard += 1))
  const say = (data: unknown) => workers.dispatchEvent(new MessageEvent('message', { data }))
  for (const data of [{ type: 'sync' }, { type: 'other' }, 'sync', null]) say(data)
  expect(heard).toBe(1)
  end()
  say({ type: 'sync' })
  expect(heard).toBe(1)
})

it('is nothing where the browser has no such thing, or refuses it', async () => {
  const refusing = { sync: { register: () => Promise.reject(new Error('denied')) } }
  for (const workers of [null, workersWith({}), workersWith(refusing)]) {
    const background = createBackgroundSync(workers)
    background.ask()
    background.listen(() => {})()
  }
  await new Promise((resolve) => setImmediate(resolve))
})
