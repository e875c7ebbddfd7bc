/**
 * The jobs of an office: at most six, and 我的 makes seven entries of the rail. A job with several pages shows them at
 * the head of each; whoever may not see a page sees no way to it, and a job without a page is not there.
 */
import type { ComponentChildren } from 'preact'
import type { Role } from '#domain/account.ts'
import { officePages } from '#app/links/office.ts'
import { worksInOffice } from '#domain/permission.ts'
import { officeViews } from './office/pages.ts'
import { requestsViews } from './requests/pages.ts'
import { walkViews } from './walk/pages.ts'
import { coloursViews } from './colours/pages.ts'
import { placesViews } from './places/pages.ts'
import { topicsViews } from './topics/pages.ts'
import { privacyViews } from './privacy/pages.ts'
import type { IconName } from './kit/Icon.tsx'
import { later } from './later.tsx'
import type { Tab, View } from './route.ts'

const ReviewBadge = later(() =>
  import('./office/review/ReviewBadge.tsx').then((m) => m.ReviewBadge),
)

type Label = View['label']

interface JobHead {
  readonly job: View['job']
  readonly icon: IconName
  readonly label: Label
  /** How much waits there, if anything. */
  readonly badge?: ComponentChildren
}

export interface Job extends JobHead {
  readonly views: readonly View[]
}

/** In the order of the rail; the pages of each stand in the `pages.ts` of their areas. */
const heads: readonly JobHead[] = [
  { job: 'desk', icon: 'home', label: { 'zh-CN': '工作台', en: 'Desk' } },
  { job: 'requests', icon: 'requests', label: { 'zh-CN': '诉求', en: 'Requests' } },
  { job: 'register', icon: 'table', label: { 'zh-CN': '登记', en: 'Register' } },
  { job: 'colours', icon: 'colours', label: { 'zh-CN': '五色', en: 'Colours' } },
  {
    job: 'review',
    icon: 'review',
    label: { 'zh-CN': '复核', en: 'Review' },
    badge: <ReviewBadge />,
  },
  { job: 'manage', icon: 'office', label: { 'zh-CN': '管理', en: 'Manage' } },
]

const views: readonly View[] = [
  ...officeViews,
  ...requestsViews,
  ...walkViews,
  ...coloursViews,
  ...placesViews,
  ...topicsViews,
  ...privacyViews,
].sort((one, other) => one.rank - other.rank)

const jobs: readonly Job[] = heads.map((head) => ({
  ...head,
  views: views.filter(({ job }) => job === head.job),
}))

/** The jobs that an office's role has, each with the pages that it may see; none for whoever sits in no office. */
export function jobsFor(role: Role | undefined): readonly Job[] {
  if (!role || !worksInOffice(role)) return []
  return jobs
    .map((job) => ({ ...job, views: job.views.filter(({ may }) => may(role)) }))
    .filter(({ views }) => views.length > 0)
}

/** An entry of the rail, or of the bar of a narrower screen. */
export interface Entry {
  readonly key: string
  readonly href: string
  readonly icon: IconName
  readonly label: Label | string
  readonly badge?: ComponentChildren
  /** Of the pages that belong to it. */
  readonly tabs: readonly Tab[]
}

/** With 我的 it is five. */
const barHolds = 4

/** The rail of an office; a narrower screen keeps the last jobs behind one entry, which lists their pages. */
export function railFor(role: Role, isWide: boolean): readonly Entry[] {
  const own = jobsFor(role)
  const shown = isWide || own.length <= barHolds ? own : own.slice(0, barHolds - 1)
  const rest = own.slice(shown.length)
  const entries = shown.map((job) => entryOf(job))
  if (rest.length === 0) return entries
  const tabs: Tab[] = ['office', ...rest.flatMap(({ views }) => views.map(({ tab }) => tab))]
  const label = { 'zh-CN': '办公', en: 'Office' }
  return [...entries, { key: 'office', href: officePages.more(), icon: 'office', label, tabs }]
}

function entryOf({ job, icon, label, badge, views }: Job): Entry {
  const [first] = views
  return {
    ...{ key: job, href: first?.href ?? '/', icon, label, badge },
    tabs: views.map(({ tab }) => tab),
  }
}

/** The jobs whose pages a narrower screen lists on a page of their own. */
export function jobsBehindOffice(role: Role | undefined): readonly Job[] {
  const own = jobsFor(role)
  return own.length <= barHolds ? [] : own.slice(barHolds - 1)
}

/** All pages of the job that a page belongs to; none where it is the job's only one, or listed on a page of its own. */
export function viewsAt(tab: Tab, role: Role, isWide: boolean): readonly View[] {
  const job = jobsFor(role).find(({ views }) => views.some((one) => one.tab === tab))
  if (!job || job.views.length < 2) return []
  return isWide || !jobsBehindOffice(role).some((one) => one.job === job.job) ? job.views : []
}
