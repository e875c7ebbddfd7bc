/** The pages of this area: where each stands, what it draws, and who is shown the way to it. */
import { mayAnswer, mayReadAudit, mayReadYear, worksInOffice } from '#domain/permission.ts'
import { privacyPages } from '#app/links/privacy.ts'
import { later } from '#app/ui/later.tsx'
import type { Route, View } from '#app/ui/route.ts'

const Protection = later(() => import('./protection/Protection.tsx').then((m) => m.Protection))
const Purge = later(() => import('./purge/Purge.tsx').then((m) => m.Purge))
const PolicyEdit = later(() => import('./protection/PolicyEdit.tsx').then((m) => m.PolicyEdit))
const AssessmentForm = later(() =>
  import('./protection/AssessmentForm.tsx').then((m) => m.AssessmentForm),
)
const InquiryAnswer = later(() => import('./protection/Inquiry.tsx').then((m) => m.InquiryAnswer))
const AnswerPaper = later(() => import('./protection/AnswerPaper.tsx').then((m) => m.AnswerPaper))
const InquiryFile = later(() => import('./person-file/PersonFile.tsx').then((m) => m.InquiryFile))
const PersonFile = later(() => import('./person-file/PersonFile.tsx').then((m) => m.PersonFile))
const InquiryAdd = later(() => import('./protection/Inquiry.tsx').then((m) => m.InquiryAdd))
const Approvals = later(() => import('./approvals/Approvals.tsx').then((m) => m.Approvals))
const Complaints = later(() => import('./protection/Complaints.tsx').then((m) => m.Complaints))
const Audit = later(() => import('./audit/Audit.tsx').then((m) => m.Audit))

export const privacyRoutes: readonly Route[] = [
  { path: privacyPages.protection.pattern, pane: 'wide', tab: 'protection', page: Protection },
  { path: privacyPages.purge.pattern, pane: 'wide', tab: 'purge', page: Purge },
  { path: privacyPages.editPolicy.pattern, pane: 'detail', tab: 'protection', page: PolicyEdit },
  {
    path: privacyPages.assessment.pattern,
    pane: 'detail',
    tab: 'protection',
    page: AssessmentForm,
  },
  { path: privacyPages.inquiry.pattern, pane: 'detail', tab: 'protection', page: InquiryAnswer },
  { path: privacyPages.inquiryPaper.pattern, pane: 'detail', tab: 'protection', page: AnswerPaper },
  { path: privacyPages.inquiryFile.pattern, pane: 'detail', tab: 'protection', page: InquiryFile },
  { path: privacyPages.personFile.pattern, pane: 'detail', tab: 'today', page: PersonFile },
  { path: privacyPages.newInquiry.pattern, pane: 'detail', tab: 'today', page: InquiryAdd },
  { path: privacyPages.approvals.pattern, pane: 'wide', tab: 'approvals', page: Approvals },
  { path: privacyPages.complaints.pattern, pane: 'detail', tab: 'me', page: Complaints },
  { path: privacyPages.audit.pattern, pane: 'wide', tab: 'audit', page: Audit },
  { path: privacyPages.auditOf.pattern, pane: 'wide', tab: 'audit', page: Audit },
]

/** What the rail of an office lists of them. */
export const privacyViews: readonly View[] = [
  {
    job: 'manage',
    rank: 4,
    tab: 'protection',
    href: privacyPages.protection(),
    may: worksInOffice,
    label: { 'zh-CN': '个人信息', en: 'Protection' },
  },
  {
    job: 'manage',
    rank: 5,
    tab: 'approvals',
    href: privacyPages.approvals(),
    may: mayReadYear,
    label: { 'zh-CN': '未成年人', en: 'Minors' },
  },
  {
    job: 'manage',
    rank: 6,
    tab: 'purge',
    href: privacyPages.purge(),
    may: mayAnswer,
    label: { 'zh-CN': '到期清单', en: 'Purge' },
  },
  {
    job: 'manage',
    rank: 8,
    tab: 'audit',
    href: privacyPages.audit(),
    may: mayReadAudit,
    label: { 'zh-CN': '审计', en: 'Audit' },
  },
]
