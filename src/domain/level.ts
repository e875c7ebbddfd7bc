/** The colours' names. What they mean (word, mark, days) is data of the scheme, not code. */
export const levelKeys = ['red', 'orange', 'yellow', 'blue', 'green'] as const
export type LevelKey = (typeof levelKeys)[number]

/** Grey is not a colour of the scheme: not yet verified, or empty. It is never shown as green. */
export const colourKeys = [...levelKeys, 'grey'] as const
export type ColourKey = (typeof colourKeys)[number]

/** 0 for red … 4 for green, 5 for grey: the lower, the more urgent. */
export function urgency(colour: ColourKey): number {
  return colourKeys.indexOf(colour)
}

export function mostUrgent(colours: Iterable<ColourKey>): ColourKey {
  let best: ColourKey = 'grey'
  for (const colour of colours) if (urgency(colour) < urgency(best)) best = colour
  return best
}
