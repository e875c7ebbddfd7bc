/** The ways to pages of other areas: where each leads, and that nobody sees one whom its page would refuse. */
import { render, screen } from '@testing-library/preact'
import type { FunctionComponent } from 'preact'
import { expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { mayHandOut, mayReadAuditOfPerson } from '#domain/permission.ts'
import { roles } from '#domain/account.ts'
import { createRegister } from '#app/register/create-register.ts'
import { AuditLink } from '#app/ui/pieces/page-links/AuditLink.tsx'
import { FileLink } from '#app/ui/pieces/page-links/FileLink.tsx'
import {
  ApprovalsLink,
  ComplaintLink,
  InquiryLink,
  ProtectionLink,
} from '#app/ui/pieces/page-links/protection-links.tsx'
import { SchemeLink } from '#app/ui/pieces/page-links/SchemeLink.tsx'
import { gridA, page, record, uuid } from '#tests/app/register/grid-of-samples.ts'

function open(Shown: FunctionComponent, role: string | null = 'worker', policies: object[] = []) {
  const register = createRegister()
  register.applyPages([
    page(gridA, [
      record('place', 1, { placeKind: 'grid', name: '样例网格' }),
      ...policies.map((fields, index) => record('policy', 30 + index, fields as never)),
    ]),
  ])
  const parts = {
    register,
    session: createStore(() => ({ account: role === null ? null : { id: uuid(8), role } })),
  } as unknown as DeviceParts
  const { unmount } = render(
    <PartsContext.Provider value={parts}>
      <Shown />
    </PartsContext.Provider>,
  )
  const links = screen.queryAllByRole('link').map((link) => link.getAttribute('href'))
  const text = document.body.textContent
  unmount()
  return { links, text }
}

it.each(roles)(
  '%s sees the ways to the file and to the audit of a person who may go there',
  (role) => {
    const file = open(() => <FileLink resident={uuid(400)} />, role)
    const audit = open(() => <AuditLink record={uuid(400)} />, role)
    expect(file.links.length).toBe(mayHandOut(role) ? 1 : 0)
    expect(audit.links.length).toBe(mayReadAuditOfPerson(role) ? 1 : 0)
    for (const href of [...file.links, ...audit.links]) expect(href).toContain(uuid(400))
  },
)

it('shows neither before anybody signed in', () => {
  expect(open(() => <FileLink resident={uuid(400)} />, null).links).toEqual([])
  expect(open(() => <AuditLink record={uuid(400)} />, null).links).toEqual([])
})

it('leads to rules, approvals, complaints and a request about the own data, each to a page of its own', () => {
  const ways = [
    open(SchemeLink),
    open(ApprovalsLink),
    open(ComplaintLink),
    open(() => <InquiryLink resident={uuid(400)} />),
  ].flatMap(({ links }) => links)
  expect(ways).toHaveLength(4)
  expect(new Set(ways).size).toBe(4)
  expect(ways.at(-1)).toContain(uuid(400))
})

it('says beside the way to the protection of persons that there is no filing number yet', () => {
  const { links, text } = open(ProtectionLink)
  expect(links).toHaveLength(2)
  expect(text).toContain('尚未备案')
})
