/** Words of the household screens. */
export const household = {}
