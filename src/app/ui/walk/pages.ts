/** The pages of this area: where each stands, what it draws, and who is shown the way to it. */
import { hasDesk, maySeePersons } from '#domain/permission.ts'
import { walkPages } from '#app/links/walk.ts'
import { later } from '#app/ui/later.tsx'
import type { Route, View } from '#app/ui/route.ts'
import { firstPages } from '#app/links/first.ts'

const GridMap = later(() => import('./grid/GridMap.tsx').then((m) => m.GridMap))
const Coverage = later(() => import('./monthly/Coverage.tsx').then((m) => m.Coverage))
const CareForm = later(() => import('./care/CareForm.tsx').then((m) => m.CareForm))
const Declarations = later(() => import('./declare/Declarations.tsx').then((m) => m.Declarations))
const Declaration = later(() => import('./declare/Declaration.tsx').then((m) => m.Declaration))
const DeclareForm = later(() => import('./declare/DeclareForm.tsx').then((m) => m.DeclareForm))
const LandlordLink = later(() => import('./declare/LandlordLink.tsx').then((m) => m.LandlordLink))
const NotSo = later(() => import('./declare/NotSo.tsx').then((m) => m.NotSo))
const Location = later(() => import('./location/Location.tsx').then((m) => m.Location))
const Dwelling = later(() => import('./dwelling/Dwelling.tsx').then((m) => m.Dwelling))
const DwellingEdit = later(() => import('./dwelling/DwellingEdit.tsx').then((m) => m.DwellingEdit))
const VehicleForm = later(() => import('./vehicles/VehicleForm.tsx').then((m) => m.VehicleForm))
const Intake = later(() => import('./intake/Intake.tsx').then((m) => m.Intake))
const VisitForm = later(() => import('./visit-form/VisitForm.tsx').then((m) => m.VisitForm))
const ResidentAdd = later(() =>
  import('./resident-form/ResidentAdd.tsx').then((m) => m.ResidentAdd),
)
const Birth = later(() => import('./resident-form/Birth.tsx').then((m) => m.Birth))
const MoveRoom = later(() => import('./leave/MoveRoom.tsx').then((m) => m.MoveRoom))
const MoveOut = later(() => import('./leave/MoveOut.tsx').then((m) => m.MoveOut))
const Resident = later(() => import('./resident/Resident.tsx').then((m) => m.Resident))
const ResidentEdit = later(() =>
  import('./resident-form/ResidentEdit.tsx').then((m) => m.ResidentEdit),
)
const Death = later(() => import('./leave/Death.tsx').then((m) => m.Death))

export const walkRoutes: readonly Route[] = [
  { path: walkPages.gridMap.pattern, pane: 'wide', tab: 'grid', page: GridMap },
  { path: walkPages.coverage.pattern, pane: 'list', tab: 'coverage', page: Coverage },
  { path: walkPages.location.pattern, pane: 'detail', tab: 'grid', page: Location },
  { path: walkPages.dwelling.pattern, pane: 'detail', tab: 'grid', page: Dwelling },
  { path: walkPages.editDwelling.pattern, pane: 'detail', tab: 'grid', page: DwellingEdit },
  { path: walkPages.addVehicle.pattern, pane: 'detail', tab: 'grid', page: VehicleForm },
  { path: walkPages.vehicle.pattern, pane: 'detail', tab: 'grid', page: VehicleForm },
  { path: walkPages.intake.pattern, pane: 'detail', tab: 'grid', page: Intake },
  {
    ...{ path: walkPages.declarations.pattern, pane: 'list', tab: 'declarations' },
    page: Declarations,
  },
  { path: walkPages.declareAtDesk.pattern, pane: 'detail', tab: 'declarations', page: DeclareForm },
  { path: walkPages.declaration.pattern, pane: 'detail', tab: 'declarations', page: Declaration },
  { path: walkPages.declarationNotSo.pattern, pane: 'detail', tab: 'declarations', page: NotSo },
  { path: walkPages.landlordLink.pattern, pane: 'detail', tab: 'grid', page: LandlordLink },
  { path: walkPages.declare.pattern, pane: 'detail', tab: 'grid', page: DeclareForm },
  {
    ...{ path: walkPages.visit.pattern, pane: 'detail', tab: 'today', page: VisitForm },
    early: 'household',
  },
  { path: walkPages.addResident.pattern, pane: 'detail', tab: 'today', page: ResidentAdd },
  { path: walkPages.birth.pattern, pane: 'detail', tab: 'today', page: Birth },
  { path: walkPages.moveHousehold.pattern, pane: 'detail', tab: 'today', page: MoveRoom },
  { path: walkPages.moveOutHousehold.pattern, pane: 'detail', tab: 'today', page: MoveOut },
  { path: walkPages.resident.pattern, pane: 'detail', tab: 'today', page: Resident },
  { path: walkPages.editResident.pattern, pane: 'detail', tab: 'today', page: ResidentEdit },
  { path: walkPages.addCare.pattern, pane: 'detail', tab: 'today', page: CareForm },
  { path: walkPages.care.pattern, pane: 'detail', tab: 'today', page: CareForm },
  { path: walkPages.moveResident.pattern, pane: 'detail', tab: 'today', page: MoveRoom },
  { path: walkPages.moveOutResident.pattern, pane: 'detail', tab: 'today', page: MoveOut },
  { path: walkPages.death.pattern, pane: 'detail', tab: 'today', page: Death },
]

/** What the rail of an office lists of them. */
export const walkViews: readonly View[] = [
  {
    job: 'desk',
    rank: 2,
    tab: 'today',
    href: firstPages.todayInOffice(),
    may: hasDesk,
    label: { 'zh-CN': '今日走访', en: 'Visits today' },
  },
  {
    job: 'desk',
    rank: 4,
    tab: 'coverage',
    href: walkPages.coverage(),
    may: hasDesk,
    label: { 'zh-CN': '探访关爱', en: 'Monthly visits' },
  },
  {
    job: 'desk',
    rank: 5,
    tab: 'declarations',
    href: walkPages.declarations(),
    may: hasDesk,
    label: { 'zh-CN': '来人走人', en: 'Arrivals' },
  },
  {
    job: 'register',
    rank: 2,
    tab: 'grid',
    href: firstPages.grid(),
    may: maySeePersons,
    label: { 'zh-CN': '网格', en: 'Grids' },
  },
  {
    job: 'register',
    rank: 4,
    tab: 'search',
    href: firstPages.search(),
    may: maySeePersons,
    label: { 'zh-CN': '搜索', en: 'Search' },
  },
]
