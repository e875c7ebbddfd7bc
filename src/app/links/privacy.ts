/** The pages of protection: policy, inquiries, files, audit. */
import { address } from './address.ts'

export const privacyPages = {
  protection: address('/protection'),
  purge: address('/protection/purge'),
  editPolicy: address('/protection/edit'),
  assessment: address('/protection/assessment'),
  inquiry: address('/inquiry/:inquiry'),
  inquiryPaper: address('/inquiry/:inquiry/paper'),
  inquiryFile: address('/inquiry/:inquiry/file'),
  personFile: address('/resident/:resident/file'),
  newInquiry: address('/resident/:resident/inquiry'),
  approvals: address('/approvals'),
  complaints: address('/complaints'),
  audit: address('/audit'),
  auditOf: address('/audit/record/:record'),
}
