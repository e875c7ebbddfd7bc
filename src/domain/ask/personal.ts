/** Numbers of people in what somebody types: pointed out before it is sent, and nothing is changed. For old browsers too. */

export type PersonalNumber = 'identity' | 'telephone'

/** Seven digits and more, with what people write between them. */
const numbers = /(?:\d[ \u00a0\u3000.\-_·]{0,2}){6,30}[\dXx]/g

export function personalNumbers(words: string): readonly PersonalNumber[] {
  const found = new Set<PersonalNumber>()
  for (const [text] of words.normalize('NFKC').matchAll(numbers)) {
    const plain = text.replace(/[^\dXx]/g, '')
    if (plain.length === 18 || plain.length === 15) found.add('identity')
    else if (/^\d+$/.test(plain)) found.add('telephone')
  }
  return [...found]
}
