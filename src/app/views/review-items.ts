/** What waits for somebody's decision, of all kinds, in the order in which the office goes through it. */
import type { Day } from '#domain/day.ts'
import type { ListedDevice } from '#protocol/device.ts'
import type { Rec, Register } from '#app/register/register.ts'
import type { Pair } from '#app/register/same-people.ts'
import type { UnsentItem } from '#app/sync/unsent-item.ts'
import { openClashes } from './open-clashes.ts'
import { openOverrides, type OpenOverride } from './open-overrides.ts'
import { officePages } from '#app/links/office.ts'

/** Own work first: nobody else can mend it. */
export const itemKinds = ['refused', 'clash', 'colour', 'pair', 'device'] as const
export type ItemKind = (typeof itemKinds)[number]

/** `href` is what tells one item from another, and its page. */
export type ReviewItem =
  | { readonly kind: 'refused'; readonly href: string; readonly item: UnsentItem }
  | { readonly kind: 'clash'; readonly href: string; readonly clash: Rec<'clash'> }
  | { readonly kind: 'colour'; readonly href: string; readonly open: OpenOverride }
  | { readonly kind: 'pair'; readonly href: string; readonly pair: Pair }
  | { readonly kind: 'device'; readonly href: string; readonly device: ListedDevice }

interface Sources {
  readonly day: Day
  /** Whoever is at work: nobody reviews their own proposal. */
  readonly account: string
  readonly unsent: readonly UnsentItem[]
  readonly pairs: readonly Pair[]
  readonly devices: readonly ListedDevice[]
}

export function reviewItems(register: Register, sources: Sources): ReviewItem[] {
  const { day, account, unsent, pairs, devices } = sources
  const refused = unsent.filter(({ state }) => state === 'refused')
  const colours = openOverrides(register, day).filter(({ override }) => override.by !== account)
  return [
    ...refused.map((item): ReviewItem => {
      return { kind: 'refused', href: officePages.reviewOne('refused', item.mutation.id), item }
    }),
    ...openClashes(register).map((clash): ReviewItem => {
      return { kind: 'clash', href: officePages.reviewOne('clash', clash.id), clash }
    }),
    ...colours.map((open): ReviewItem => {
      return { kind: 'colour', href: officePages.reviewOne('colour', open.override.id), open }
    }),
    ...pairs.map((pair): ReviewItem => {
      return { kind: 'pair', href: officePages.reviewPair('pair', pair.first, pair.second), pair }
    }),
    ...devices.map((device): ReviewItem => {
      return { kind: 'device', href: officePages.reviewOne('device', device.id), device }
    }),
  ]
}

/** The devices of others whose work the server refused: their owners may not know what to do. */
export function devicesInNeed(
  devices: readonly ListedDevice[],
  account: string,
): readonly ListedDevice[] {
  return devices.filter(
    ({ revoked, report, account: owner }) =>
      !revoked && owner.id !== account && (report?.refused ?? 0) > 0,
  )
}

/** The item to open after one is settled: the next of its kind, else the first of all; null where nothing is left. */
export function nextAfter(items: readonly ReviewItem[], href: string): string | null {
  const index = items.findIndex((item) => item.href === href)
  const here = items[index]
  const others = items.filter((item) => item.href !== href)
  const sameKind = others.filter(({ kind }) => kind === here?.kind)
  const next = sameKind.find((item) => items.indexOf(item) > index) ?? sameKind[0] ?? others[0]
  return next?.href ?? null
}
