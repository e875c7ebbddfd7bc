/**
 * The version of the messages between device and server. Raise it with any change of a message's schema
 * (`tests/protocol/wire.test.ts` holds a hash of them); the server serves the current and the previous one.
 */
export const protocolVersion = 1
export const oldestServed = 1
