/** The pages of this area: where each stands, what it draws, and who is shown the way to it. */
import {
  mayAdmit,
  mayKeepCodes,
  mayKeepHotline,
  maySaveCatalogue,
  maySeePersons,
  worksInOffice,
} from '#domain/permission.ts'
import { requestsPages } from '#app/links/requests.ts'
import { later } from '#app/ui/later.tsx'
import type { Route, View } from '#app/ui/route.ts'
import { firstPages } from '#app/links/first.ts'

const Requests = later(() => import('./pages/Requests.tsx').then((m) => m.Requests))
const RequestOverview = later(() =>
  import('./pages/RequestOverview.tsx').then((m) => m.RequestOverview),
)
const RequestListPage = later(() =>
  import('./pages/RequestListPage.tsx').then((m) => m.RequestListPage),
)
const CatalogueEdit = later(() => import('./pages/CatalogueEdit.tsx').then((m) => m.CatalogueEdit))
const CalendarEdit = later(() => import('./pages/CalendarEdit.tsx').then((m) => m.CalendarEdit))
const Hotline = later(() => import('./hotline/Hotline.tsx').then((m) => m.Hotline))
const HotlineSystems = later(() =>
  import('./hotline/HotlineSystems.tsx').then((m) => m.HotlineSystems),
)
const Ask = later(() => import('./ask/Ask.tsx').then((m) => m.Ask))
const Codes = later(() => import('./ask/Codes.tsx').then((m) => m.Codes))
const CheckSticker = later(() => import('./ask/CheckSticker.tsx').then((m) => m.CheckSticker))
const RequestForm = later(() => import('./pages/RequestForm.tsx').then((m) => m.RequestForm))
const RequestPage = later(() => import('./pages/RequestPage.tsx').then((m) => m.RequestPage))
const AskerForm = later(() => import('./pages/AskerForm.tsx').then((m) => m.AskerForm))
const Confine = later(() => import('./pages/Confine.tsx').then((m) => m.Confine))
const ErrandPage = later(() => import('./pages/ErrandPage.tsx').then((m) => m.ErrandPage))

export const requestsRoutes: readonly Route[] = [
  { path: firstPages.requests.pattern, pane: 'list', tab: 'requests', page: Requests },
  {
    path: requestsPages.requestFigures.pattern,
    pane: 'wide',
    tab: 'request-figures',
    page: RequestOverview,
  },
  {
    path: requestsPages.requestFiguresOf.pattern,
    pane: 'wide',
    tab: 'request-figures',
    page: RequestOverview,
  },
  {
    path: requestsPages.requestList.pattern,
    pane: 'wide',
    tab: 'request-figures',
    page: RequestListPage,
  },
  { path: requestsPages.catalogue.pattern, pane: 'wide', tab: 'catalogue', page: CatalogueEdit },
  { path: requestsPages.calendar.pattern, pane: 'wide', tab: 'calendar', page: CalendarEdit },
  { path: requestsPages.hotline.pattern, pane: 'wide', tab: 'requests', page: Hotline },
  {
    path: requestsPages.hotlineSystems.pattern,
    pane: 'wide',
    tab: 'hotline',
    page: HotlineSystems,
  },
  { path: requestsPages.ask.pattern, pane: 'wide', tab: 'ask', page: Ask },
  { path: requestsPages.askCodes.pattern, pane: 'wide', tab: 'ask-codes', page: Codes },
  {
    path: requestsPages.checkSticker.pattern,
    pane: 'detail',
    tab: 'requests',
    page: CheckSticker,
  },
  { path: requestsPages.newRequest.pattern, pane: 'detail', tab: 'requests', page: RequestForm },
  { path: requestsPages.request.pattern, pane: 'detail', tab: 'requests', page: RequestPage },
  { path: requestsPages.asker.pattern, pane: 'detail', tab: 'requests', page: AskerForm },
  { path: requestsPages.confine.pattern, pane: 'detail', tab: 'requests', page: Confine },
  { path: requestsPages.errand.pattern, pane: 'detail', tab: 'requests', page: ErrandPage },
  {
    path: requestsPages.requestOfHousehold.pattern,
    pane: 'detail',
    tab: 'today',
    page: RequestForm,
  },
  {
    path: requestsPages.requestOfResident.pattern,
    pane: 'detail',
    tab: 'today',
    page: RequestForm,
  },
  { path: requestsPages.requestOfBuilding.pattern, pane: 'detail', tab: 'grid', page: RequestForm },
]

/** What the rail of an office lists of them. */
export const requestsViews: readonly View[] = [
  {
    job: 'requests',
    rank: 1,
    tab: 'requests',
    href: firstPages.requests(),
    may: maySeePersons,
    label: { 'zh-CN': '诉求', en: 'Requests' },
  },
  {
    job: 'requests',
    rank: 2,
    tab: 'request-figures',
    href: requestsPages.requestFigures(),
    may: worksInOffice,
    label: { 'zh-CN': '诉求概况', en: 'In numbers' },
  },
  {
    job: 'requests',
    rank: 3,
    tab: 'ask',
    href: requestsPages.ask(),
    may: mayAdmit,
    label: { 'zh-CN': '扫码来件', en: 'By wall code' },
  },
  {
    job: 'requests',
    rank: 4,
    tab: 'catalogue',
    href: requestsPages.catalogue(),
    may: maySaveCatalogue,
    label: { 'zh-CN': '事项清单', en: 'Catalogue' },
  },
  {
    job: 'requests',
    rank: 5,
    tab: 'calendar',
    href: requestsPages.calendar(),
    may: maySaveCatalogue,
    label: { 'zh-CN': '工作日历', en: 'Calendar' },
  },
  {
    job: 'manage',
    rank: 7,
    tab: 'hotline',
    href: requestsPages.hotlineSystems(),
    may: mayKeepHotline,
    label: { 'zh-CN': '外部热线', en: 'Hotline' },
  },
  {
    job: 'manage',
    rank: 8,
    tab: 'ask-codes',
    href: requestsPages.askCodes(),
    may: mayKeepCodes,
    label: { 'zh-CN': '报事码', en: 'Wall codes' },
  },
]
