/** Masks as the law's practice has them: enough to tell people at a door apart, too little to be worth stealing. */

const doubleSurnames = new Set([
  '欧阳',
  '司马',
  '上官',
  '诸葛',
  '东方',
  '皇甫',
  '尉迟',
  '公孙',
  '慕容',
  '令狐',
  '长孙',
  '宇文',
  '司徒',
  '夏侯',
  '端木',
  '南宫',
])

/** Characters of the surname: two for the known double surnames of a name of three and more, else one. */
export function surnameLength(name: string): number {
  return name.length > 2 && doubleSurnames.has(name.slice(0, 2)) ? 2 : 1
}

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

/** First six and last four of an identity number; of shorter ones the last two. */
export function maskDocument(number: string): string {
  if (number.length >= 15) {
    return number.slice(0, 6) + '*'.repeat(number.length - 10) + number.slice(-4)
  }
  return '*'.repeat(Math.max(number.length - 2, 0)) + number.slice(-2)
}

/** The middle four digits of a mobile number hidden, a +86 before it left out; of others all but the last two. */
export function maskPhone(phone: string): string {
  const digits = phone.replace(/^\+86/, '').replace(/\D/g, '')
  if (digits.length === 11) return `${digits.slice(0, 3)}****${digits.slice(7)}`
  return '*'.repeat(Math.max(digits.length - 2, 0)) + digits.slice(-2)
}
