import '#app/floor/polyfills.ts'
import type { ArgonAnswer, ArgonTask } from './argon.ts'
import { computeArgon2id } from './argon2id.ts'

/** The least that there is of it: what the task runs is compiled while somebody still types. */
const least = { password: new Uint8Array(1), salt: new Uint8Array(16), memory: 8, passes: 1 }
computeArgon2id(least).catch(() => {}) // said by the task

addEventListener('message', ({ data }: MessageEvent<ArgonTask>) => {
  const answer = (message: ArgonAnswer) => postMessage(message)
  computeArgon2id(data).then(
    (hash) => answer({ hash }),
    () => answer({ failed: true }),
  )
})
