/**
 * The jobs of an office: at most six, and 我的 makes seven entries of the rail. A job with several pages shows them at
 * the head of each; whoever may not see a page sees no way to it, and a job without a page is not there.
 */
import type { ComponentChildren } from 'preact'
import type { Role } from '#domain/account.ts'
import {
  hasDesk,
  mayAnswer,
  mayHandOut,
  mayImport,
  mayKeepHotline,
  mayReadAudit,
  mayReadYear,
  mayReview,
  maySaveCatalogue,
  maySeeDevices,
  maySeePersons,
  worksInOffice,
} from '#domain/permission.ts'
import { mayKeepPlaces } from '#domain/place-rules.ts'
import type { IconName } from './kit/Icon.tsx'
import { later } from './later.tsx'
import type { Tab } from './route.ts'

const ReviewBadge = later(() =>
  import('./office/review/ReviewBadge.tsx').then((m) => m.ReviewBadge),
)

interface Label {
  readonly 'zh-CN': string
  readonly en: string
}

/** A page of a job. */
export interface View {
  readonly tab: Tab
  readonly href: string
  readonly label: Label
  readonly may: (role: Role) => boolean
}

export interface Job {
  readonly job: 'desk' | 'requests' | 'register' | 'colours' | 'review' | 'manage'
  readonly icon: IconName
  readonly label: Label
  /** How much waits there, if anything. */
  readonly badge?: ComponentChildren
  readonly views: readonly View[]
}

function view(
  tab: Tab,
  href: string,
  may: (role: Role) => boolean,
  chinese: string,
  en: string,
): View {
  return { tab, href, may, label: { 'zh-CN': chinese, en } }
}

/** In the order of the rail. */
const jobs: readonly Job[] = [
  {
    job: 'desk',
    icon: 'home',
    label: { 'zh-CN': '工作台', en: 'Desk' },
    views: [
      view('desk', '/desk', hasDesk, '工作台', 'Desk'),
      view('today', '/today', hasDesk, '今日走访', 'Visits today'),
      view('grids', '/desk/grids', hasDesk, '各网格', 'Grids'),
    ],
  },
  {
    job: 'requests',
    icon: 'requests',
    label: { 'zh-CN': '诉求', en: 'Requests' },
    views: [
      view('requests', '/requests', maySeePersons, '诉求', 'Requests'),
      view('request-figures', '/requests/overview', worksInOffice, '诉求概况', 'In numbers'),
      view('ledger', '/requests/import', mayImport, '导入台账', 'Ledger'),
      view('catalogue', '/requests/catalogue', maySaveCatalogue, '事项清单', 'Catalogue'),
      view('calendar', '/requests/calendar', maySaveCatalogue, '工作日历', 'Calendar'),
    ],
  },
  {
    job: 'register',
    icon: 'table',
    label: { 'zh-CN': '登记', en: 'Register' },
    views: [
      view('table', '/table', mayHandOut, '花名册', 'Table'),
      view('grid', '/grid', maySeePersons, '网格', 'Grids'),
      view('import', '/import', mayImport, '导入', 'Import'),
      view('search', '/search', maySeePersons, '搜索', 'Search'),
    ],
  },
  {
    job: 'colours',
    icon: 'overview',
    label: { 'zh-CN': '五色', en: 'Colours' },
    views: [
      view('overview', '/overview', worksInOffice, '总览', 'Overview'),
      view('scheme', '/scheme', worksInOffice, '五色规则', 'Colour rules'),
    ],
  },
  {
    job: 'review',
    icon: 'check',
    label: { 'zh-CN': '复核', en: 'Review' },
    badge: <ReviewBadge />,
    views: [view('review', '/review', mayReview, '复核', 'Review')],
  },
  {
    job: 'manage',
    icon: 'office',
    label: { 'zh-CN': '管理', en: 'Manage' },
    views: [
      view('places', '/places', (role) => mayKeepPlaces(role), '地方', 'Places'),
      view('people', '/people', (role) => mayKeepPlaces(role), '人员', 'People'),
      view('devices', '/devices', maySeeDevices, '设备', 'Devices'),
      view('protection', '/protection', worksInOffice, '个人信息', 'Protection'),
      view('approvals', '/approvals', mayReadYear, '未成年人', 'Minors'),
      view('purge', '/protection/purge', mayAnswer, '到期清单', 'Purge'),
      view('hotline', '/hotline/systems', mayKeepHotline, '外部热线', 'Hotline'),
      view('audit', '/audit', mayReadAudit, '审计', 'Audit'),
    ],
  },
]

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
  return [...entries, { key: 'office', href: '/office', icon: 'office', label, tabs }]
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
