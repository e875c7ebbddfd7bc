/** Whose hukou is where: floating 流动人口 and separate residence 人户分离 are derived, never entered. */

/**
 * Hangzhou's urban districts (市辖区), GB/T 2260: 上城, 拱墅, 西湖, 滨江, 萧山, 余杭, 富阳, 临安, 临平, 钱塘;
 * 下城 330103 and 江干 330104 ended in 2021 and still stand in old documents.
 */
const urbanDistricts = new Set([
  '330102',
  '330103',
  '330104',
  '330105',
  '330106',
  '330108',
  '330109',
  '330110',
  '330111',
  '330112',
  '330113',
  '330114',
  // Codes of former days, which stand in old documents: 萧山, 余杭, 富阳 and 临安 as counties and as cities.
  '330121',
  '330123',
  '330124',
  '330125',
  '330181',
  '330183',
  '330184',
  '330185',
])

/** Zhejiang, and Hangzhou, alone: the hukou may be in one of the districts or not. */
const undecided = new Set(['330000', '330100'])

type HukouFacts = { readonly [Name in 'hukouDivision' | 'residence']?: unknown }

/** True where the hukou is known, of another province as far as that, and lies outside Hangzhou's urban districts. */
export function isFloating(resident: HukouFacts): boolean {
  const { hukouDivision } = resident
  const division = typeof hukouDivision === 'string' ? hukouDivision.slice(0, 6) : ''
  return division !== '' && !undecided.has(division) && !urbanDistricts.has(division)
}

/** True for who lives here with the hukou elsewhere in the urban districts: a 西湖区 hukou in 富阳区 is no floating one. */
export function livesApartFromHukou(resident: HukouFacts): boolean {
  return resident.residence === '2' && !isFloating(resident)
}
