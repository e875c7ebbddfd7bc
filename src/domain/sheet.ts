/** The tables of the register. */
export const sheets = ['residents', 'households', 'dwellings'] as const
export type Sheet = (typeof sheets)[number]
