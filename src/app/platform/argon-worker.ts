import '#app/floor/polyfills.ts'
import type { ArgonAnswer, ArgonTask } from './argon.ts'
import { computeArgon2id } from './argon2id.ts'

addEventListener('message', ({ data }: MessageEvent<ArgonTask>) => {
  const answer = (message: ArgonAnswer) => postMessage(message)
  computeArgon2id(data).then(
    (hash) => answer({ hash }),
    () => answer({ failed: true }),
  )
})
