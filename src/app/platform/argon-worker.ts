import { argon2idHere, type ArgonAnswer, type ArgonTask } from './argon.ts'

addEventListener('message', ({ data }: MessageEvent<ArgonTask>) => {
  const answer = (message: ArgonAnswer) => postMessage(message)
  argon2idHere(data).then(
    (hash) => answer({ hash }),
    () => answer({ failed: true }),
  )
})
