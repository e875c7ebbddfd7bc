/** What a household's page says of one of its people. */
import { codeLabel } from '#domain/code-tables.ts'
import type { Day } from '#domain/day.ts'
import { maskPhone } from '#domain/mask.ts'
import { isPresent } from '#domain/resident.ts'
import type { Rec } from '#app/register/register.ts'

type Fields = Rec<'resident'>['fields']

export interface MemberFacts {
  readonly sex: 'male' | 'female' | null
  /** On this day they are as old as is said of them: the day of death, or today. */
  readonly agedOn: Day
  readonly relation: string | null
  /** Tags that hold today. */
  readonly tags: NonNullable<Fields['tags']>
  readonly maskedPhone: string | null
  /** Moved out, died or merged with another record; else null. */
  readonly gone: {
    readonly how: 'movedOutOn' | 'diedOn' | 'merged'
    readonly on: Day | null
  } | null
}

export function memberFacts({ fields }: Rec<'resident'>, day: Day): MemberFacts {
  const phone = fields.phones?.[0]
  return {
    sex: fields.sex === '1' ? 'male' : fields.sex === '2' ? 'female' : null,
    agedOn: fields.diedOn ?? day,
    relation: (fields.relation && codeLabel('relation2', fields.relation)) ?? null,
    tags: (fields.tags ?? []).filter(({ until }) => !until || until >= day),
    maskedPhone: phone ? maskPhone(phone) : null,
    gone: isPresent(fields) ? null : goneOf(fields),
  }
}

function goneOf(fields: Fields): MemberFacts['gone'] {
  const on = fields.diedOn ?? fields.movedOutOn ?? null
  if (fields.mergedInto || !on) return { how: 'merged', on }
  return { how: fields.diedOn ? 'diedOn' : 'movedOutOn', on }
}
