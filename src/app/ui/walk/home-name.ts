/** A household in a list: who heads it, and how many they are. */
import { maskName } from '#domain/mask.ts'
import type { Register } from '#app/register/register.ts'
import type { Words } from '#app/ui/words/zh-CN.ts'

/** By those who live there, or of an emptied one by those who lived there. */
export function nameOfHome(
  register: Pick<Register, 'residents' | 'formerResidents'>,
  words: Words,
  household: string,
): string {
  const here = register.residents(household)
  const members = here.length > 0 ? here : register.formerResidents(household)
  const head = members[0] ? maskName(members[0].fields.name) : words.today.emptyHome
  return members.length > 1 ? words.today.andOthers(head, members.length) : head
}
