/** Masks as the law's practice has them: enough to tell people at a door apart, too little to be worth stealing. */
import { surnameLength } from './surnames.ts'

/** 王秀兰 → 王*兰, 李雷 → 李*, 欧阳小明 → 欧阳*明; others the first character and a star. */
export function maskName(name: string): string {
  const letters = [...name.trim()]
  if (letters.length <= 1) return letters.join('')
  const head = letters.slice(0, surnameLength(name.trim())).join('')
  const isHan = letters.every((letter) => /\p{Script=Han}/u.test(letter))
  if (!isHan) return `${letters[0] ?? ''}*`
  const rest = letters.length - [...head].length
  return rest <= 1 ? `${head}*` : `${head}*${letters.at(-1) ?? ''}`
}

/**
 * First six of an identity number (GB 11643): where its birth day stands beside it, 1,000 numbers still fit, 500 where the
 * sex is known; its last four would leave one. Of shorter numbers the last two.
 */
export function maskDocument(number: string): string {
  if (number.length >= 15) return number.slice(0, 6) + '*'.repeat(number.length - 6)
  return '*'.repeat(Math.max(number.length - 2, 0)) + number.slice(-2)
}

/** The middle four digits of a mobile number hidden, a +86 before it left out; of others all but the last two. */
export function maskPhone(phone: string): string {
  const digits = phone.replace(/^\+86/, '').replace(/\D/g, '')
  if (digits.length === 11) return `${digits.slice(0, 3)}****${digits.slice(7)}`
  return '*'.repeat(Math.max(digits.length - 2, 0)) + digits.slice(-2)
}
