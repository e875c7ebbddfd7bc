/**
 * The version of the messages between device and server. Raise it with any change of a message's schema
 * (`tests/protocol/wire.test.ts` holds a hash of them); the server serves the current and the previous one, and a
 * device speaks the previous one where the server knows no other.
 *
 * 2: devices report what they still have to send; devices are listed and revoked; files of unsent work; what the map is drawn on.
 * 3: what version 0.2.0 adds.
 * 4: what version 0.3.0 adds.
 */
export const protocolVersion = 4
export const oldestServed = 1
/** The oldest that a device falls back to with a server that is not updated yet. */
export const oldestSpoken = 1
