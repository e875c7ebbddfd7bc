/** What may be one matter with a request, and into which others it may go. */
import { isSimilar, type Comparable } from '#domain/requests/similar.ts'
import { openStates } from '#domain/requests/transition.ts'
import type { Register } from '#app/register/register.ts'
import { nameOf } from './request-filter.ts'
import { viewRequest, type RequestView, type Viewer } from './requests.ts'

const most = 30

/** Of the same kind and close by, open or closed a short while ago; the newest first. */
export function similarTo(
  register: Register,
  view: RequestView,
  viewer: Viewer,
): readonly RequestView[] {
  const own = comparable(register, view)
  if (own.item === null || !openStates.includes(view.course.state)) return []
  const found: RequestView[] = []
  for (const request of register.all('request')) {
    if (request.id === view.request.id) continue
    if (request.fields.item !== own.item && own.item !== null && request.fields.item) continue
    const other = viewRequest(register, request, viewer)
    if (isSimilar(own, comparable(register, other), viewer.now)) found.push(other)
  }
  return found.sort((a, b) => (a.request.fields.at < b.request.fields.at ? 1 : -1)).slice(0, most)
}

/** Open requests of the same community, those that may be the same matter first. */
export function mergeTargets(
  register: Register,
  view: RequestView,
  viewer: Viewer,
): readonly { readonly id: string; readonly label: string }[] {
  const community = register.pathOf(view.request.stream).at(-2)?.id
  const similar = similarTo(register, view, viewer)
  const near = new Set(similar.map(({ request }) => request.id))
  const others: RequestView[] = []
  for (const request of register.all('request')) {
    if (others.length >= most) break
    if (request.id === view.request.id || near.has(request.id)) continue
    if (register.pathOf(request.stream).at(-2)?.id !== community) continue
    others.push(viewRequest(register, request, viewer))
  }
  return [...similar, ...others]
    .filter(({ course }) => openStates.includes(course.state))
    .map((one) => ({ id: one.request.id, label: `${one.request.fields.number} ${nameOf(one)}` }))
}

export function comparable(register: Register, { request, course }: RequestView): Comparable {
  const { latitude, longitude, item } = request.fields
  const hasPosition = typeof latitude === 'number' && typeof longitude === 'number'
  return {
    item: course.item ?? item ?? null,
    building: buildingOf(register, request.fields),
    position: hasPosition ? { latitude, longitude } : null,
    isOpen: openStates.includes(course.state),
    closedAt: course.closedAt === null ? null : Date.parse(course.closedAt),
  }
}

function buildingOf(
  register: Register,
  { site, siteKind }: RequestView['request']['fields'],
): string | null {
  if (!site) return null
  if (siteKind === 'building') return site
  const household =
    siteKind === 'resident' ? register.get('resident', site)?.fields.household : site
  const dwelling =
    siteKind === 'dwelling'
      ? site
      : household && register.get('household', household)?.fields.dwelling
  return (dwelling && register.get('dwelling', dwelling)?.fields.building) ?? null
}
