/** All that sends and fetches, as one script: it comes while the first screen is looked at, and an account that opens waits for it. */
export { createListen } from './listen.ts'
export { createSync } from './run-sync.ts'
export { createWire } from './wire.ts'
