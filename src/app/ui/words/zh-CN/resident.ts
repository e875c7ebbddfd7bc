/** Words of the resident screens. */
export const resident = {}
