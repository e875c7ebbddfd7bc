/** What a page's address leads to, and how an address finds its page. */
import { exec } from 'preact-iso/router'
import type { FunctionComponent } from 'preact'
import type { Role } from '#domain/account.ts'

export interface PageProps {
  readonly params: Readonly<Record<string, string>>
}

/** Where a page belongs: a tab of everybody's, or one of the views of an office's job. */
export type Tab = string

/** A page that the rail of an office lists under one of its jobs. */
export interface View {
  readonly job: 'desk' | 'requests' | 'register' | 'colours' | 'review' | 'manage'
  /** Its place among the pages of the job. */
  readonly rank: number
  readonly tab: Tab
  readonly href: string
  readonly label: { readonly 'zh-CN': string; readonly en: string }
  readonly may: (role: Role) => boolean
}

/**
 * A `list` stands at the left on a tablet and under the details on a phone; a `wide` list has the whole width of a
 * tablet until something opens from it; a `detail` is what opens from either. Addresses carry ids only, never a name,
 * a number or a search.
 */
export interface Route {
  readonly path: string
  readonly pane: 'list' | 'wide' | 'detail'
  readonly tab: Tab
  readonly page: FunctionComponent<PageProps>
  /**
   * What the page needs while the register is still being read: nothing of it, or the stream of its household alone. All
   * others wait for the whole.
   */
  readonly early?: 'list' | 'household'
}

export interface Match {
  readonly route: Route
  readonly params: Readonly<Record<string, string>>
}

/** Null where none of the routes has the address. */
export function matchRoute(path: string, routes: readonly Route[]): Match | null {
  for (const route of routes) {
    const found = exec(path, route.path, { path, query: {}, params: {} })
    if (found as typeof found | undefined) return { route, params: found.params }
  }
  return null
}
