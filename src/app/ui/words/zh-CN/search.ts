/** Words of the search screens. */
export const search = {}
