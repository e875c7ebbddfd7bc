/**
 * Addresses of pages: each stands once, in the file of its area, and is both what a route is found by and what a link is
 * built with. An address carries ids only, never a name, a number or a search.
 */

/** What stands for an id in a pattern, in order: `/request/:request/asker/:asker` has two. */
type Ids<Pattern extends string> = Pattern extends `${string}:${string}/${infer Rest}`
  ? readonly [string, ...Ids<`/${Rest}`>]
  : Pattern extends `${string}:${string}`
    ? readonly [string]
    : readonly []

export interface Address<Pattern extends string = string> {
  /** The page's address with these ids. */
  (...ids: Ids<Pattern>): string
  readonly pattern: Pattern
}

/** @param pattern segments by `/`, an id as `:name` */
export function address<const Pattern extends string>(pattern: Pattern): Address<Pattern> {
  const build = (...ids: readonly string[]) => {
    let at = 0
    return pattern.replace(/:\w+/g, () => ids[at++] ?? '')
  }
  return Object.assign(build, { pattern })
}
