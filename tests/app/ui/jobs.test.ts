import { describe, expect, it } from 'vitest'
import { roles } from '#domain/account.ts'
import { jobsBehindOffice, jobsFor, railFor, viewsAt } from '#app/ui/jobs.tsx'
import { matchRoute } from '#app/ui/route.ts'
import { moreRoutes } from '#app/ui/more-routes.tsx'
import { firstRoutes } from '#app/ui/routes.tsx'

const routeOf = (href: string) => matchRoute(href, [...firstRoutes, ...moreRoutes])?.route

describe('the jobs of an office', () => {
  it('are at most six, so that the rail has seven entries, and five on a phone', () => {
    for (const role of roles) {
      expect(railFor(role, true).length).toBeLessThanOrEqual(6)
      expect(railFor(role, false).length).toBeLessThanOrEqual(4)
    }
    expect(railFor('admin', true)).toHaveLength(6)
    expect(railFor('admin', false).map(({ key }) => key)).toEqual([
      ...['desk', 'requests', 'register', 'office'],
    ])
  })

  it('lead to pages that belong to them, each at its own address', () => {
    const seen = new Set<string>()
    for (const { views } of jobsFor('admin')) {
      for (const { href, tab } of views) {
        expect(routeOf(href)).toMatchObject({ path: href, tab })
        seen.add(href)
      }
    }
    expect(seen.size).toBe(jobsFor('admin').flatMap(({ views }) => views).length)
  })

  it('highlight an entry of the rail for every page that an administrator opens as a list', () => {
    // The page of a gate is for its own account.
    const tabs = [...railFor('admin', true).flatMap((entry) => entry.tabs), 'gate']
    const lists = [...firstRoutes, ...moreRoutes].filter(({ pane }) => pane !== 'detail')
    const lost = lists.filter(({ tab }) => !tabs.includes(tab) && tab !== 'me' && tab !== 'office')
    expect(lost.map(({ path }) => path)).toEqual([])
  })

  it('are nobody’s who sits in no office', () => {
    expect(jobsFor('worker')).toEqual([])
    expect(jobsFor('handler')).toEqual([])
    expect(jobsFor(undefined)).toEqual([])
  })

  it('give an auditor numbers and rules, and no page of persons', () => {
    const hrefs = jobsFor('auditor').flatMap(({ views }) => views.map(({ href }) => href))
    expect(hrefs).toEqual([
      ...['/requests/overview', '/overview', '/scheme', '/protection', '/approvals', '/audit'],
    ])
    // Few enough for a phone's bar.
    expect(jobsBehindOffice('auditor')).toEqual([])
  })

  it('show their pages at the head, and on a phone only those that no other page lists', () => {
    expect(viewsAt('audit', 'admin', true).map(({ tab }) => tab)).toContain('places')
    expect(viewsAt('audit', 'admin', false)).toEqual([])
    expect(viewsAt('grid', 'staff', false).map(({ tab }) => tab)).toEqual([
      ...['table', 'grid', 'import', 'search', 'services', 'funds'],
    ])
    expect(viewsAt('review', 'admin', true)).toEqual([])
    expect(viewsAt('today', 'worker', false)).toEqual([])
  })
})
