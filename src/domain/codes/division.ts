/**
 * Names of divisions by their code (GB/T 2260): the districts of Hangzhou, of which most people here come, and the provinces.
 * The whole standard has three thousand; of all others the province is told beside the code, which nobody has to guess.
 */

/** 富阳 was a city of its own until 2014, 下城 and 江干 ended in 2021: all three stand in old documents. */
export const hangzhouDistricts: readonly (readonly [name: string, code: string])[] = [
  ['富阳区', '330111'],
  ['富阳市', '330111'],
  ['西湖区', '330106'],
  ['拱墅区', '330105'],
  ['上城区', '330102'],
  ['滨江区', '330108'],
  ['萧山区', '330109'],
  ['余杭区', '330110'],
  ['临平区', '330113'],
  ['钱塘区', '330114'],
  ['临安区', '330112'],
  ['下城区', '330103'],
  ['江干区', '330104'],
]

const provinces =
  '11北京市 12天津市 13河北省 14山西省 15内蒙古自治区 21辽宁省 22吉林省 23黑龙江省 31上海市 32江苏省 33浙江省 34安徽省 ' +
  '35福建省 36江西省 37山东省 41河南省 42湖北省 43湖南省 44广东省 45广西壮族自治区 46海南省 50重庆市 51四川省 52贵州省 ' +
  '53云南省 54西藏自治区 61陕西省 62甘肃省 63青海省 64宁夏回族自治区 65新疆维吾尔自治区 71台湾省 81香港特别行政区 82澳门特别行政区'

const provinceByCode = new Map(
  provinces.split(' ').map((entry) => [entry.slice(0, 2), entry.slice(2)]),
)
const districtByCode = new Map([...hangzhouDistricts].reverse().map(([name, code]) => [code, name]))

/** `浙江省杭州市西湖区`, `江西省 361127`; the code alone where nothing of it is known. */
export function divisionName(code: string): string {
  const district = districtByCode.get(code.slice(0, 6))
  if (district) return `浙江省杭州市${district}`
  const province = provinceByCode.get(code.slice(0, 2))
  return province ? `${province} ${code}` : code
}
