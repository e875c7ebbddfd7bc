/**
 * The oldest browsers that Wuse is built for and tested in; README and index.html tell people the same list, and
 * `tests/floor.test.ts` compares them. Why these: docs/decisions/0047-the-floor.md.
 */
export const oldestBrowsers = { chrome: 92, safari: 16.4, firefox: 115 } as const

/** As Vite and Lightning CSS write a target. */
export const buildTarget = Object.entries(oldestBrowsers).map(
  ([name, version]) => `${name}${String(version)}`,
)
