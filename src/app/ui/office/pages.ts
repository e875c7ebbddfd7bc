/** The pages of this area: where each stands, what it draws, and who is shown the way to it. */
import { hasDesk, mayHandOut, mayImport, mayReview, worksInOffice } from '#domain/permission.ts'
import { officePages } from '#app/links/office.ts'
import { later } from '#app/ui/later.tsx'
import type { Route, View } from '#app/ui/route.ts'
import { firstPages } from '#app/links/first.ts'

const Desk = later(() => import('./desk/Desk.tsx').then((m) => m.Desk))
const DeskGrids = later(() => import('./desk/DeskGrids.tsx').then((m) => m.DeskGrids))
const Office = later(() => import('./more/Office.tsx').then((m) => m.Office))
const Table = later(() => import('./table/Table.tsx').then((m) => m.Table))
const Overview = later(() => import('./overview/Overview.tsx').then((m) => m.Overview))
const Clashes = later(() => import('./clashes/Clashes.tsx').then((m) => m.Clashes))
const Import = later(() => import('./import/Import.tsx').then((m) => m.Import))
const LedgerImport = later(() =>
  import('./ledger-import/LedgerImport.tsx').then((m) => m.LedgerImport),
)
const Review = later(() => import('./review/Review.tsx').then((m) => m.Review))
const ReviewPage = later(() => import('./review/ReviewPage.tsx').then((m) => m.ReviewPage))

export const officeRoutes: readonly Route[] = [
  { path: firstPages.desk.pattern, pane: 'wide', tab: 'desk', page: Desk },
  { path: officePages.deskGrids.pattern, pane: 'wide', tab: 'grids', page: DeskGrids },
  { path: officePages.more.pattern, pane: 'list', tab: 'office', page: Office },
  { path: officePages.table.pattern, pane: 'wide', tab: 'table', page: Table },
  { path: officePages.overview.pattern, pane: 'wide', tab: 'overview', page: Overview },
  { path: officePages.overviewOf.pattern, pane: 'wide', tab: 'overview', page: Overview },
  { path: officePages.clashes.pattern, pane: 'detail', tab: 'today', page: Clashes },
  { path: officePages.importRoster.pattern, pane: 'wide', tab: 'import', page: Import },
  { path: officePages.importLedger.pattern, pane: 'wide', tab: 'ledger', page: LedgerImport },
  { path: officePages.review.pattern, pane: 'list', tab: 'review', page: Review },
  { path: officePages.reviewOne.pattern, pane: 'detail', tab: 'review', page: ReviewPage },
  { path: officePages.reviewPair.pattern, pane: 'detail', tab: 'review', page: ReviewPage },
]

/** What the rail of an office lists of them. */
export const officeViews: readonly View[] = [
  {
    job: 'desk',
    rank: 1,
    tab: 'desk',
    href: firstPages.desk(),
    may: hasDesk,
    label: { 'zh-CN': '工作台', en: 'Desk' },
  },
  {
    job: 'desk',
    rank: 3,
    tab: 'grids',
    href: officePages.deskGrids(),
    may: hasDesk,
    label: { 'zh-CN': '各网格', en: 'Grids' },
  },
  {
    job: 'requests',
    rank: 3,
    tab: 'ledger',
    href: officePages.importLedger(),
    may: mayImport,
    label: { 'zh-CN': '导入台账', en: 'Ledger' },
  },
  {
    job: 'register',
    rank: 1,
    tab: 'table',
    href: officePages.table(),
    may: mayHandOut,
    label: { 'zh-CN': '花名册', en: 'Table' },
  },
  {
    job: 'register',
    rank: 3,
    tab: 'import',
    href: officePages.importRoster(),
    may: mayImport,
    label: { 'zh-CN': '导入', en: 'Import' },
  },
  {
    job: 'colours',
    rank: 1,
    tab: 'overview',
    href: officePages.overview(),
    may: worksInOffice,
    label: { 'zh-CN': '总览', en: 'Overview' },
  },
  {
    job: 'review',
    rank: 1,
    tab: 'review',
    href: officePages.review(),
    may: mayReview,
    label: { 'zh-CN': '复核', en: 'Review' },
  },
]
