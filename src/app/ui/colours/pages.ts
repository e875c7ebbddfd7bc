/** The pages of this area: where each stands, what it draws, and who is shown the way to it. */
import { worksInOffice } from '#domain/permission.ts'
import { coloursPages } from '#app/links/colours.ts'
import { later } from '#app/ui/later.tsx'
import type { Route, View } from '#app/ui/route.ts'

const Scheme = later(() => import('./scheme/Scheme.tsx').then((m) => m.Scheme))
const SchemeEdit = later(() => import('./scheme/SchemeEdit.tsx').then((m) => m.SchemeEdit))
const SchemeVersion = later(() => import('./scheme/SchemeVersion.tsx').then((m) => m.SchemeVersion))
const ColourPage = later(() => import('./by-hand/ColourPage.tsx').then((m) => m.ColourPage))

export const coloursRoutes: readonly Route[] = [
  { path: coloursPages.scheme.pattern, pane: 'wide', tab: 'scheme', page: Scheme },
  { path: coloursPages.editScheme.pattern, pane: 'detail', tab: 'scheme', page: SchemeEdit },
  { path: coloursPages.schemeVersion.pattern, pane: 'detail', tab: 'scheme', page: SchemeVersion },
  { path: coloursPages.colourOfDwelling.pattern, pane: 'detail', tab: 'grid', page: ColourPage },
  { path: coloursPages.colourOfResident.pattern, pane: 'detail', tab: 'today', page: ColourPage },
]

/** What the rail of an office lists of them. */
export const coloursViews: readonly View[] = [
  {
    job: 'colours',
    rank: 2,
    tab: 'scheme',
    href: coloursPages.scheme(),
    may: worksInOffice,
    label: { 'zh-CN': '五色规则', en: 'Colour rules' },
  },
]
