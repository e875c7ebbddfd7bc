import { uuidv7 } from 'uuidv7'

/** Makes ids: UUID version 7 (RFC 9562), so that a stream's records lie roughly in order of making. */
export type Ids = () => string

export const systemIds: Ids = () => uuidv7()
