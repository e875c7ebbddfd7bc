/** Whether a request may go to the office's own stream, where no worker and no unit has it. */
import type { Role } from '#domain/account.ts'
import { maySeeRequestList } from '#domain/permission.ts'
import type { Register } from '#app/register/register.ts'
import { isForOffice } from './request-form.ts'
import { catalogueHere, officeHere } from './request-rules.ts'
import type { RequestView } from './requests.ts'

/** While what it says can still be mended. */
export function isEarly({ course }: Pick<RequestView, 'course'>): boolean {
  return (course.state === 'submitted' || course.state === 'accepted') && !course.wasDispatched
}

/** The office has such matters and a place for them, and it is not there yet. */
export function mayConfine(register: Register, view: RequestView, role: Role): boolean {
  if (!maySeeRequestList(role) || !isEarly(view)) return false
  if (!(catalogueHere(register)?.items ?? []).some(isForOffice)) return false
  const offices = [false, true].map((isAboutStaff) => officeHere(register, isAboutStaff))
  return !offices.includes(view.request.stream)
}
