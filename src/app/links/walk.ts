/** The pages of a walk: lists, doors, people, visits. */
import { address } from './address.ts'

export const walkPages = {
  gridMap: address('/grid/map'),
  coverage: address('/coverage'),
  location: address('/building/:building/location'),
  dwelling: address('/dwelling/:dwelling'),
  editDwelling: address('/dwelling/:dwelling/edit'),
  intake: address('/dwelling/:dwelling/intake'),
  declare: address('/dwelling/:dwelling/declare'),
  declareAtDesk: address('/declare'),
  landlordLink: address('/dwelling/:dwelling/landlord'),
  declarations: address('/declarations'),
  declaration: address('/declaration/:declaration'),
  declarationNotSo: address('/declaration/:declaration/not-so'),
  visit: address('/household/:household/visit'),
  addResident: address('/household/:household/add'),
  birth: address('/household/:household/birth'),
  moveHousehold: address('/household/:household/move'),
  moveOutHousehold: address('/household/:household/leave'),
  resident: address('/resident/:resident'),
  editResident: address('/resident/:resident/edit'),
  addCare: address('/resident/:resident/care'),
  care: address('/resident/:resident/care/:care'),
  moveResident: address('/resident/:resident/move'),
  moveOutResident: address('/resident/:resident/leave'),
  death: address('/resident/:resident/death'),
}
