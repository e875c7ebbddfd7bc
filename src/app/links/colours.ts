/** The pages of the five colours. */
import { address } from './address.ts'

export const coloursPages = {
  scheme: address('/scheme'),
  editScheme: address('/scheme/edit'),
  schemeVersion: address('/scheme/version/:version'),
  colourOfDwelling: address('/dwelling/:dwelling/colour'),
  colourOfResident: address('/resident/:resident/colour'),
}
