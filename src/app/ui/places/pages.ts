/** The pages of this area: where each stands, what it draws, and who is shown the way to it. */
import { maySeeDevices } from '#domain/permission.ts'
import { mayKeepPlaces, mayKeepServices } from '#domain/permission-of-places.ts'
import { firstPages } from '#app/links/first.ts'
import { mayEnterInFund } from '#domain/permission-of-funds.ts'
import { fundPages } from '#app/links/funds.ts'
import { placesPages } from '#app/links/places.ts'
import { later } from '#app/ui/later.tsx'
import type { Route, View } from '#app/ui/route.ts'

const Devices = later(() => import('./devices/Devices.tsx').then((m) => m.Devices))
const Gate = later(() => import('./gate/Gate.tsx').then((m) => m.Gate))
const GateArrival = later(() => import('./gate/GateArrival.tsx').then((m) => m.GateArrival))
const Funds = later(() => import('./funds/Funds.tsx').then((m) => m.Funds))
const FundForm = later(() => import('./funds/FundForm.tsx').then((m) => m.FundForm))
const FundPage = later(() => import('./funds/FundPage.tsx').then((m) => m.FundPage))
const EntryPage = later(() => import('./funds/EntryPage.tsx').then((m) => m.EntryPage))
const EntryForm = later(() => import('./funds/EntryForm.tsx').then((m) => m.EntryForm))
const ReverseForm = later(() => import('./funds/EntryForm.tsx').then((m) => m.ReverseForm))
const Services = later(() => import('./nearby/Nearby.tsx').then((m) => m.Services))
const ServiceForm = later(() => import('./nearby/NearbyForm.tsx').then((m) => m.ServiceForm))
const Places = later(() => import('./tree/Places.tsx').then((m) => m.Places))
const PlaceBook = later(() => import('./place-book/PlaceBook.tsx').then((m) => m.PlaceBook))
const PlacePage = later(() => import('./tree/PlacePage.tsx').then((m) => m.PlacePage))
const RenamePlace = later(() => import('./tree/RenamePlace.tsx').then((m) => m.RenamePlace))
const TurnPlace = later(() => import('./tree/TurnPlace.tsx').then((m) => m.TurnPlace))
const AddPlace = later(() => import('./tree/AddPlace.tsx').then((m) => m.AddPlace))
const AssignGrid = later(() => import('./tree/AssignGrid.tsx').then((m) => m.AssignGrid))
const PlacePeople = later(() => import('./tree/PlacePeople.tsx').then((m) => m.PlacePeople))
const SplitGrid = later(() => import('./tree/SplitGrid.tsx').then((m) => m.SplitGrid))
const MergeGrid = later(() => import('./tree/MergeGrid.tsx').then((m) => m.MergeGrid))
const PeoplePage = later(() => import('./tree/Places.tsx').then((m) => m.PeoplePage))
const PersonAdd = later(() => import('./tree/PersonForm.tsx').then((m) => m.PersonAdd))
const PersonPage = later(() => import('./tree/PersonPage.tsx').then((m) => m.PersonPage))
const PersonEdit = later(() => import('./tree/PersonForm.tsx').then((m) => m.PersonEdit))
const Leave = later(() => import('./tree/Leave.tsx').then((m) => m.Leave))

export const placesRoutes: readonly Route[] = [
  { path: firstPages.gate.pattern, pane: 'list', tab: 'gate', page: Gate },
  { path: placesPages.gateArrival.pattern, pane: 'detail', tab: 'gate', page: GateArrival },
  { path: placesPages.gateArrivalOf.pattern, pane: 'detail', tab: 'gate', page: GateArrival },
  { path: placesPages.devices.pattern, pane: 'wide', tab: 'devices', page: Devices },
  { path: fundPages.funds.pattern, pane: 'list', tab: 'funds', page: Funds },
  { path: fundPages.newFund.pattern, pane: 'detail', tab: 'funds', page: FundForm },
  { path: fundPages.fund.pattern, pane: 'detail', tab: 'funds', page: FundPage },
  { path: fundPages.editFund.pattern, pane: 'detail', tab: 'funds', page: FundForm },
  { path: fundPages.newEntry.pattern, pane: 'detail', tab: 'funds', page: EntryForm },
  { path: fundPages.entry.pattern, pane: 'detail', tab: 'funds', page: EntryPage },
  { path: fundPages.reverse.pattern, pane: 'detail', tab: 'funds', page: ReverseForm },
  { path: placesPages.services.pattern, pane: 'list', tab: 'services', page: Services },
  { path: placesPages.newService.pattern, pane: 'detail', tab: 'services', page: ServiceForm },
  { path: placesPages.service.pattern, pane: 'detail', tab: 'services', page: ServiceForm },
  { path: placesPages.places.pattern, pane: 'wide', tab: 'places', page: Places },
  { path: placesPages.placeBook.pattern, pane: 'detail', tab: 'places', page: PlaceBook },
  { path: placesPages.place.pattern, pane: 'detail', tab: 'places', page: PlacePage },
  { path: placesPages.renamePlace.pattern, pane: 'detail', tab: 'places', page: RenamePlace },
  { path: placesPages.turnPlace.pattern, pane: 'detail', tab: 'places', page: TurnPlace },
  { path: placesPages.addPlace.pattern, pane: 'detail', tab: 'places', page: AddPlace },
  { path: placesPages.assignGrid.pattern, pane: 'detail', tab: 'places', page: AssignGrid },
  { path: placesPages.placePeople.pattern, pane: 'detail', tab: 'places', page: PlacePeople },
  { path: placesPages.splitGrid.pattern, pane: 'detail', tab: 'places', page: SplitGrid },
  { path: placesPages.mergeGrid.pattern, pane: 'detail', tab: 'places', page: MergeGrid },
  { path: placesPages.people.pattern, pane: 'wide', tab: 'people', page: PeoplePage },
  { path: placesPages.newPerson.pattern, pane: 'detail', tab: 'people', page: PersonAdd },
  { path: placesPages.person.pattern, pane: 'detail', tab: 'people', page: PersonPage },
  { path: placesPages.editPerson.pattern, pane: 'detail', tab: 'people', page: PersonEdit },
  { path: placesPages.reopenPerson.pattern, pane: 'detail', tab: 'people', page: PersonEdit },
  { path: placesPages.handOver.pattern, pane: 'detail', tab: 'people', page: Leave },
]

/** What the rail of an office lists of them. */
export const placesViews: readonly View[] = [
  {
    job: 'register',
    rank: 5,
    tab: 'services',
    href: placesPages.services(),
    may: mayKeepServices,
    label: { 'zh-CN': '服务点', en: 'Services' },
  },
  {
    job: 'register',
    rank: 6,
    tab: 'funds',
    href: fundPages.funds(),
    may: mayEnterInFund,
    label: { 'zh-CN': '维修基金', en: 'Repair funds' },
  },
  {
    job: 'manage',
    rank: 1,
    tab: 'places',
    href: placesPages.places(),
    may: (role) => mayKeepPlaces(role),
    label: { 'zh-CN': '地方', en: 'Places' },
  },
  {
    job: 'manage',
    rank: 2,
    tab: 'people',
    href: placesPages.people(),
    may: (role) => mayKeepPlaces(role),
    label: { 'zh-CN': '人员', en: 'People' },
  },
  {
    job: 'manage',
    rank: 3,
    tab: 'devices',
    href: placesPages.devices(),
    may: maySeeDevices,
    label: { 'zh-CN': '设备', en: 'Devices' },
  },
]
