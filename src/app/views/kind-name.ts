/** What a kind of matter is called in the language of a screen. */
import type { Register } from '#app/register/register.ts'
import { catalogueHere } from './request-rules.ts'

/** `name`: as it was called when the request was taken. Null where it has none. */
export type KindName = (
  item: string | null | undefined,
  name: string | null | undefined,
) => string | null

export function kindNames(register: Pick<Register, 'all'>, language: 'zh-CN' | 'en'): KindName {
  const items = language === 'en' ? (catalogueHere(register)?.items ?? []) : []
  return (item, name) => {
    const found = items.find((one) => (item ? one.id === item : one.name === name))
    return found?.nameEn ?? name ?? null
  }
}
