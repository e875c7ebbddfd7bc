/** Every page beyond the first ones, with the office's; fetched after the first list is painted. */
// What the frame needs of an office's jobs, in the same script.
export { railFor, viewsAt } from './jobs.tsx'
export { Views } from './Views.tsx'
import { later } from './later.tsx'
import type { Route } from './route.ts'

const Desk = later(() => import('./office/desk/Desk.tsx').then((m) => m.Desk))
const DeskGrids = later(() => import('./office/desk/DeskGrids.tsx').then((m) => m.DeskGrids))
const Office = later(() => import('./office/more/Office.tsx').then((m) => m.Office))
const Audit = later(() => import('./privacy/audit/Audit.tsx').then((m) => m.Audit))
const Overview = later(() => import('./office/overview/Overview.tsx').then((m) => m.Overview))
const Clashes = later(() => import('./office/clashes/Clashes.tsx').then((m) => m.Clashes))
const Table = later(() => import('./office/table/Table.tsx').then((m) => m.Table))
const Devices = later(() => import('./places/devices/Devices.tsx').then((m) => m.Devices))
const Import = later(() => import('./office/import/Import.tsx').then((m) => m.Import))
const ColourPage = later(() => import('./colours/by-hand/ColourPage.tsx').then((m) => m.ColourPage))
const Protection = later(() =>
  import('./privacy/protection/Protection.tsx').then((m) => m.Protection),
)
const PolicyEdit = later(() =>
  import('./privacy/protection/PolicyEdit.tsx').then((m) => m.PolicyEdit),
)
const AssessmentForm = later(() =>
  import('./privacy/protection/AssessmentForm.tsx').then((m) => m.AssessmentForm),
)
const AnswerPaper = later(() =>
  import('./privacy/protection/AnswerPaper.tsx').then((m) => m.AnswerPaper),
)
const InquiryAdd = later(() => import('./privacy/protection/Inquiry.tsx').then((m) => m.InquiryAdd))
const InquiryAnswer = later(() =>
  import('./privacy/protection/Inquiry.tsx').then((m) => m.InquiryAnswer),
)
const PersonFile = later(() =>
  import('./privacy/person-file/PersonFile.tsx').then((m) => m.PersonFile),
)
const InquiryFile = later(() =>
  import('./privacy/person-file/PersonFile.tsx').then((m) => m.InquiryFile),
)
const Complaints = later(() =>
  import('./privacy/protection/Complaints.tsx').then((m) => m.Complaints),
)
const Approvals = later(() => import('./privacy/approvals/Approvals.tsx').then((m) => m.Approvals))
const Notices = later(() => import('./me/notices/Notices.tsx').then((m) => m.Notices))
const Never = later(() => import('./me/never/Never.tsx').then((m) => m.Never))
const Places = later(() => import('./places/tree/Places.tsx').then((m) => m.Places))
const PeoplePage = later(() => import('./places/tree/Places.tsx').then((m) => m.PeoplePage))
const PlacePage = later(() => import('./places/tree/PlacePage.tsx').then((m) => m.PlacePage))
const RenamePlace = later(() => import('./places/tree/RenamePlace.tsx').then((m) => m.RenamePlace))
const TurnPlace = later(() => import('./places/tree/TurnPlace.tsx').then((m) => m.TurnPlace))
const PlaceBook = later(() => import('./places/place-book/PlaceBook.tsx').then((m) => m.PlaceBook))
const AddPlace = later(() => import('./places/tree/AddPlace.tsx').then((m) => m.AddPlace))
const AssignGrid = later(() => import('./places/tree/AssignGrid.tsx').then((m) => m.AssignGrid))
const PlacePeople = later(() => import('./places/tree/PlacePeople.tsx').then((m) => m.PlacePeople))
const SplitGrid = later(() => import('./places/tree/SplitGrid.tsx').then((m) => m.SplitGrid))
const MergeGrid = later(() => import('./places/tree/MergeGrid.tsx').then((m) => m.MergeGrid))
const PersonPage = later(() => import('./places/tree/PersonPage.tsx').then((m) => m.PersonPage))
const PersonAdd = later(() => import('./places/tree/PersonForm.tsx').then((m) => m.PersonAdd))
const PersonEdit = later(() => import('./places/tree/PersonForm.tsx').then((m) => m.PersonEdit))
const Leave = later(() => import('./places/tree/Leave.tsx').then((m) => m.Leave))
const Requests = later(() => import('./requests/pages/Requests.tsx').then((m) => m.Requests))
const RequestForm = later(() =>
  import('./requests/pages/RequestForm.tsx').then((m) => m.RequestForm),
)
const CatalogueEdit = later(() =>
  import('./requests/pages/CatalogueEdit.tsx').then((m) => m.CatalogueEdit),
)
const CalendarEdit = later(() =>
  import('./requests/pages/CalendarEdit.tsx').then((m) => m.CalendarEdit),
)
const Confine = later(() => import('./requests/pages/Confine.tsx').then((m) => m.Confine))
const AskerForm = later(() => import('./requests/pages/AskerForm.tsx').then((m) => m.AskerForm))
const RequestPage = later(() =>
  import('./requests/pages/RequestPage.tsx').then((m) => m.RequestPage),
)
const RequestOverview = later(() =>
  import('./requests/pages/RequestOverview.tsx').then((m) => m.RequestOverview),
)
const RequestListPage = later(() =>
  import('./requests/pages/RequestListPage.tsx').then((m) => m.RequestListPage),
)
const LedgerImport = later(() =>
  import('./office/ledger-import/LedgerImport.tsx').then((m) => m.LedgerImport),
)
const ErrandPage = later(() => import('./requests/pages/ErrandPage.tsx').then((m) => m.ErrandPage))
const Hotline = later(() => import('./requests/hotline/Hotline.tsx').then((m) => m.Hotline))
const HotlineSystems = later(() =>
  import('./requests/hotline/HotlineSystems.tsx').then((m) => m.HotlineSystems),
)
const Review = later(() => import('./office/review/Review.tsx').then((m) => m.Review))
const ReviewPage = later(() => import('./office/review/ReviewPage.tsx').then((m) => m.ReviewPage))
const Scheme = later(() => import('./colours/scheme/Scheme.tsx').then((m) => m.Scheme))
const SchemeEdit = later(() => import('./colours/scheme/SchemeEdit.tsx').then((m) => m.SchemeEdit))
const SchemeVersion = later(() =>
  import('./colours/scheme/SchemeVersion.tsx').then((m) => m.SchemeVersion),
)
const GridMap = later(() => import('./walk/grid/GridMap.tsx').then((m) => m.GridMap))
const Location = later(() => import('./walk/location/Location.tsx').then((m) => m.Location))
const Dwelling = later(() => import('./walk/dwelling/Dwelling.tsx').then((m) => m.Dwelling))
const DwellingEdit = later(() =>
  import('./walk/dwelling/DwellingEdit.tsx').then((m) => m.DwellingEdit),
)
const HowTo = later(() => import('./me/howto/HowTo.tsx').then((m) => m.HowTo))
const Purge = later(() => import('./privacy/purge/Purge.tsx').then((m) => m.Purge))
const Resident = later(() => import('./walk/resident/Resident.tsx').then((m) => m.Resident))
const ResidentEdit = later(() =>
  import('./walk/resident-form/ResidentEdit.tsx').then((m) => m.ResidentEdit),
)
const ResidentAdd = later(() =>
  import('./walk/resident-form/ResidentAdd.tsx').then((m) => m.ResidentAdd),
)
const Intake = later(() => import('./walk/intake/Intake.tsx').then((m) => m.Intake))
const VisitForm = later(() => import('./walk/visit-form/VisitForm.tsx').then((m) => m.VisitForm))
const Birth = later(() => import('./walk/resident-form/Birth.tsx').then((m) => m.Birth))
const Death = later(() => import('./walk/leave/Death.tsx').then((m) => m.Death))
const MoveOut = later(() => import('./walk/leave/MoveOut.tsx').then((m) => m.MoveOut))
const MoveRoom = later(() => import('./walk/leave/MoveRoom.tsx').then((m) => m.MoveRoom))

export const moreRoutes: readonly Route[] = [
  { path: '/desk', pane: 'wide', tab: 'desk', page: Desk },
  { path: '/desk/grids', pane: 'wide', tab: 'grids', page: DeskGrids },
  { path: '/office', pane: 'list', tab: 'office', page: Office },
  { path: '/table', pane: 'wide', tab: 'table', page: Table },
  { path: '/overview', pane: 'wide', tab: 'overview', page: Overview },
  { path: '/overview/:place', pane: 'wide', tab: 'overview', page: Overview },
  { path: '/clashes', pane: 'detail', tab: 'today', page: Clashes },
  { path: '/devices', pane: 'wide', tab: 'devices', page: Devices },
  { path: '/import', pane: 'wide', tab: 'import', page: Import },
  { path: '/places', pane: 'wide', tab: 'places', page: Places },
  { path: '/places/book', pane: 'detail', tab: 'places', page: PlaceBook },
  { path: '/places/:place', pane: 'detail', tab: 'places', page: PlacePage },
  { path: '/places/:place/rename', pane: 'detail', tab: 'places', page: RenamePlace },
  { path: '/places/:place/kind', pane: 'detail', tab: 'places', page: TurnPlace },
  { path: '/places/:place/add', pane: 'detail', tab: 'places', page: AddPlace },
  { path: '/places/:place/assign', pane: 'detail', tab: 'places', page: AssignGrid },
  { path: '/places/:place/people', pane: 'detail', tab: 'places', page: PlacePeople },
  { path: '/places/:place/split', pane: 'detail', tab: 'places', page: SplitGrid },
  { path: '/places/:place/merge', pane: 'detail', tab: 'places', page: MergeGrid },
  { path: '/people', pane: 'wide', tab: 'people', page: PeoplePage },
  { path: '/person/new', pane: 'detail', tab: 'people', page: PersonAdd },
  { path: '/person/:account', pane: 'detail', tab: 'people', page: PersonPage },
  { path: '/person/:account/edit', pane: 'detail', tab: 'people', page: PersonEdit },
  { path: '/person/:account/reopen', pane: 'detail', tab: 'people', page: PersonEdit },
  { path: '/person/:account/leave', pane: 'detail', tab: 'people', page: Leave },
  { path: '/requests', pane: 'list', tab: 'requests', page: Requests },
  { path: '/requests/overview', pane: 'wide', tab: 'request-figures', page: RequestOverview },
  {
    path: '/requests/overview/:place',
    pane: 'wide',
    tab: 'request-figures',
    page: RequestOverview,
  },
  { path: '/requests/list/:place', pane: 'wide', tab: 'request-figures', page: RequestListPage },
  { path: '/requests/catalogue', pane: 'wide', tab: 'catalogue', page: CatalogueEdit },
  { path: '/requests/calendar', pane: 'wide', tab: 'calendar', page: CalendarEdit },
  { path: '/requests/import', pane: 'wide', tab: 'ledger', page: LedgerImport },
  { path: '/hotline', pane: 'wide', tab: 'requests', page: Hotline },
  { path: '/hotline/systems', pane: 'wide', tab: 'hotline', page: HotlineSystems },
  { path: '/requests/new', pane: 'detail', tab: 'requests', page: RequestForm },
  { path: '/request/:request', pane: 'detail', tab: 'requests', page: RequestPage },
  { path: '/request/:request/asker/:asker', pane: 'detail', tab: 'requests', page: AskerForm },
  { path: '/request/:request/confine', pane: 'detail', tab: 'requests', page: Confine },
  { path: '/errand/:errand', pane: 'detail', tab: 'requests', page: ErrandPage },
  { path: '/household/:household/request', pane: 'detail', tab: 'today', page: RequestForm },
  { path: '/resident/:resident/request', pane: 'detail', tab: 'today', page: RequestForm },
  { path: '/building/:building/request', pane: 'detail', tab: 'grid', page: RequestForm },
  { path: '/review', pane: 'list', tab: 'review', page: Review },
  { path: '/protection', pane: 'wide', tab: 'protection', page: Protection },
  { path: '/protection/purge', pane: 'wide', tab: 'purge', page: Purge },
  { path: '/protection/edit', pane: 'detail', tab: 'protection', page: PolicyEdit },
  { path: '/protection/assessment', pane: 'detail', tab: 'protection', page: AssessmentForm },
  { path: '/inquiry/:inquiry', pane: 'detail', tab: 'protection', page: InquiryAnswer },
  { path: '/inquiry/:inquiry/paper', pane: 'detail', tab: 'protection', page: AnswerPaper },
  { path: '/inquiry/:inquiry/file', pane: 'detail', tab: 'protection', page: InquiryFile },
  { path: '/resident/:resident/file', pane: 'detail', tab: 'today', page: PersonFile },
  { path: '/resident/:resident/inquiry', pane: 'detail', tab: 'today', page: InquiryAdd },
  { path: '/approvals', pane: 'wide', tab: 'approvals', page: Approvals },
  { path: '/never', pane: 'detail', tab: 'me', page: Never },
  { path: '/notices', pane: 'detail', tab: 'me', page: Notices },
  { path: '/howto', pane: 'detail', tab: 'me', page: HowTo },
  { path: '/complaints', pane: 'detail', tab: 'me', page: Complaints },
  { path: '/audit', pane: 'wide', tab: 'audit', page: Audit },
  { path: '/audit/record/:record', pane: 'wide', tab: 'audit', page: Audit },
  { path: '/review/:kind/:id', pane: 'detail', tab: 'review', page: ReviewPage },
  { path: '/review/:kind/:id/:second', pane: 'detail', tab: 'review', page: ReviewPage },
  { path: '/scheme', pane: 'wide', tab: 'scheme', page: Scheme },
  { path: '/scheme/edit', pane: 'detail', tab: 'scheme', page: SchemeEdit },
  { path: '/scheme/version/:version', pane: 'detail', tab: 'scheme', page: SchemeVersion },
  { path: '/grid/map', pane: 'wide', tab: 'grid', page: GridMap },
  { path: '/building/:building/location', pane: 'detail', tab: 'grid', page: Location },
  { path: '/dwelling/:dwelling', pane: 'detail', tab: 'grid', page: Dwelling },
  { path: '/dwelling/:dwelling/edit', pane: 'detail', tab: 'grid', page: DwellingEdit },
  { path: '/dwelling/:dwelling/intake', pane: 'detail', tab: 'grid', page: Intake },
  { path: '/dwelling/:dwelling/colour', pane: 'detail', tab: 'grid', page: ColourPage },
  { path: '/household/:household/visit', pane: 'detail', tab: 'today', page: VisitForm },
  { path: '/household/:household/add', pane: 'detail', tab: 'today', page: ResidentAdd },
  { path: '/household/:household/birth', pane: 'detail', tab: 'today', page: Birth },
  { path: '/household/:household/move', pane: 'detail', tab: 'today', page: MoveRoom },
  { path: '/household/:household/leave', pane: 'detail', tab: 'today', page: MoveOut },
  { path: '/resident/:resident', pane: 'detail', tab: 'today', page: Resident },
  { path: '/resident/:resident/colour', pane: 'detail', tab: 'today', page: ColourPage },
  { path: '/resident/:resident/edit', pane: 'detail', tab: 'today', page: ResidentEdit },
  { path: '/resident/:resident/move', pane: 'detail', tab: 'today', page: MoveRoom },
  { path: '/resident/:resident/leave', pane: 'detail', tab: 'today', page: MoveOut },
  { path: '/resident/:resident/death', pane: 'detail', tab: 'today', page: Death },
]
