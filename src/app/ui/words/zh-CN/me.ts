/** Words of the me screens. */
export const me = {}
