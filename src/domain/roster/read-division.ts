/**
 * The division (GB/T 2260) that an address begins with, by the names of provinces, cities and counties. Nothing is
 * guessed: a name that several provinces have leads to none of them, and is asked about.
 */
import { divisions as ofFuchun, subdistrict } from '../divisions.ts'
import { plainText } from '../text.ts'

/** Names by code of six digits, as `@vant/area-data` has them. */
export interface AreaNames {
  readonly province_list: Readonly<Record<string, string>>
  readonly city_list: Readonly<Record<string, string>>
  readonly county_list: Readonly<Record<string, string>>
}

export interface DivisionSuggestion {
  readonly code: string
  readonly name: string
}

export interface ReadDivision {
  /**
   * Six digits of a county; of a city or a province where no more is written and it makes no difference to who is
   * floating. Null where that cannot be told.
   */
  readonly code: string | null
  readonly suggestions: readonly DivisionSuggestion[]
}

export interface DivisionReader {
  /** Null of a text that says nothing of a place at all. */
  read(address: string): ReadDivision | null
}

/** Of former days and still in documents; each before the code that the place has now. */
const former: readonly (readonly [name: string, code: string])[] = [
  ['富阳市', '330111'],
  ['富阳县', '330111'],
  ['萧山市', '330109'],
  ['萧山县', '330109'],
  ['余杭市', '330110'],
  ['余杭县', '330110'],
  ['临安市', '330112'],
  ['临安县', '330112'],
  ['下城区', '330105'],
  ['江干区', '330102'],
  ['建德县', '330182'],
]

/** Only here: what people here write without the places above it. */
const here: readonly string[] = [
  '富阳',
  '富春街道',
  '富春镇',
  '本村',
  '本社区',
  '本地',
  '本街道',
  '同现住址',
  '同住址',
  ...ofFuchun.map(({ name }) => name.replace(/委会$/, '')),
]
const hereCode = subdistrict.code?.slice(0, 6) ?? '330111'

const zhejiang = '33'
const hangzhou = '3301'

/** After the short form of a name: it is that of a road or an estate. */
const road =
  /^(?:[东南西北中]?[一二三四五六七八九十]?(?:路|街|弄|巷|道|里|村|苑|园|小区|新村|公寓|花园|大厦|宾馆))/u

type Level = 'province' | 'city' | 'county'
interface Named {
  readonly code: string
  readonly level: Level
  readonly name: string
}

export function createDivisionReader(names: AreaNames): DivisionReader {
  const byName = new Map<string, Named[]>()
  let longest = 0
  const put = (text: string, named: Named) => {
    if (text.length < 2) return
    const held = byName.get(text)
    if (!held) byName.set(text, [named])
    else if (!held.some(({ code }) => code === named.code)) held.push(named)
    longest = Math.max(longest, text.length)
  }
  const nameByCode = new Map<string, string>()
  const level = (list: Readonly<Record<string, string>>, of: Level) => {
    for (const [code, name] of Object.entries(list)) {
      // Some cities have no counties, and the data their towns in the place of these.
      if (/[镇乡道园会城处]$/.test(name) && of === 'county') continue
      nameByCode.set(code, name)
      for (const form of formsOf(name, of)) put(form, { code, level: of, name })
    }
  }
  level(names.province_list, 'province')
  level(names.city_list, 'city')
  level(names.county_list, 'county')
  for (const [name, code] of former) put(name, { code, level: 'county', name })

  /** The longest name that the text begins with, below what was read before. */
  const next = (text: string, above: string): { found: readonly Named[]; rest: string } | null => {
    for (let length = Math.min(longest, text.length); length >= 2; length -= 1) {
      const form = text.slice(0, length)
      const rest = text.slice(length)
      const found = (byName.get(form) ?? []).filter((one) => {
        if (!one.code.startsWith(above) || (above !== '' && one.level === 'province')) return false
        const isWhole = one.name === form
        // 南京 in 南京路 is no city, and 太和 a county only after 阜阳.
        return isWhole || ((above !== '' || one.level !== 'county') && !road.test(rest))
      })
      if (found.length > 0) return { found, rest }
    }
    return null
  }

  const read = (address: string): ReadDivision | null => {
    const text = withoutLabel(address)
    if (!/\p{Script=Han}{2}/u.test(text)) return null
    const first = next(text, '')
    if (!first) {
      return here.some((place) => text.startsWith(place)) ? sure(hereCode) : nowhere
    }
    let { found, rest } = first
    for (let turn = 0; turn < 3; turn += 1) {
      const deeper = found.flatMap((one) => {
        if (one.level === 'county') return []
        const under = next(rest, prefixOf(one))
        return under ? [under] : []
      })
      const [only] = deeper
      if (!only) break
      found = deeper.flatMap((one) => one.found)
      rest = only.rest
    }
    const codes = [...new Map(found.map((one) => [one.code, one])).values()]
    const [one, other] = codes
    if (one && !other) return settled(one, rest)
    const provinces = new Set(codes.map(({ code }) => code.slice(0, 2)))
    const [province] = provinces
    // Two counties of one name in one province, which is not ours: the province says enough.
    if (provinces.size === 1 && province !== undefined && province !== zhejiang) {
      return sure(`${province}0000`)
    }
    return { code: null, suggestions: codes.map(suggest) }
  }

  /** In Zhejiang the city, and in Hangzhou the county, decides who is floating. */
  const settled = (one: Named, rest: string): ReadDivision => {
    const isOpen = one.code === `${zhejiang}0000` || one.code === `${hangzhou}00`
    if (!isOpen) return sure(one.code)
    const local = here.find((place) => rest.startsWith(place))
    if (local) return sure(hereCode)
    const under = Object.keys(names.county_list)
      .filter((code) => code.startsWith(one.code.replace(/0+$/, '')))
      .map((code) => suggest({ code, name: nameByCode.get(code) ?? '', level: 'county' }))
    return { code: null, suggestions: one.code === `${hangzhou}00` ? under : [] }
  }

  const suggest = ({ code }: Named): DivisionSuggestion => {
    const above = [code.slice(0, 2) + '0000', code.slice(0, 4) + '00', code]
    const parts = [...new Set(above)].flatMap((one) => nameByCode.get(one) ?? [])
    return {
      code,
      name: [...new Set(parts)].filter((name) => !/^(?:省直辖县|县)$/.test(name)).join(''),
    }
  }
  return { read }
}

const nowhere: ReadDivision = { code: null, suggestions: [] }
const sure = (code: string): ReadDivision => ({ code, suggestions: [] })

function prefixOf({ code, level }: Named): string {
  if (level === 'province') return code.slice(0, 2)
  return code.slice(0, 4)
}

/** 户籍：安徽省…, 中国安徽省…, 安徽-阜阳 → 安徽省…, 安徽阜阳. */
function withoutLabel(address: string): string {
  return plainText(address)
    .replace(/[\s,，.。、/\\|>—-]/g, '')
    .replace(/^(?:户籍|户口|户籍地|户籍地址|户口所在地|籍贯)?[:：]?(?:中国|中华人民共和国)?/u, '')
}

/** The full name, and the short ones that people write: 安徽, 阜阳, 恩施州, 太和. */
function formsOf(name: string, level: Level): string[] {
  const peoples = /(?:[\u4e00-\u9fff]{1,4}?族)+(?=自治)/u
  const plain = name.replace(/(?:壮族|回族|维吾尔)?自治区$|特别行政区$/u, '')
  if (level === 'province') {
    return [name, plain, plain.replace(/[省市]$/, ''), `${plain.replace(/[省市]$/, '')}省`]
  }
  const kind = /(?:自治州|地区|盟|市|州|自治县|自治旗|县|区|旗)$/u.exec(name)?.[0] ?? ''
  const stem = name.slice(0, name.length - kind.length)
  const short = kind.startsWith('自治') ? withoutPeoples(name).replace(/自治.$/, '') : stem
  const end = kind.slice(-1)
  const forms = peoples.test(name) ? [name, short, `${short}${end}`] : [name, stem]
  // 省直辖县 and 县 stand in the data for what has no city above it.
  return name === '省直辖县' || name === '县' ? [] : forms
}

const peopleNames =
  /(?:蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺|各)族/gu

/** 恩施土家族苗族自治州 → 恩施自治州; 海西蒙古族藏族自治州 → 海西自治州; 博尔塔拉蒙古自治州 → 博尔塔拉自治州. */
function withoutPeoples(name: string): string {
  return name.replace(peopleNames, '').replace(/(?<=..)(?:蒙古|哈萨克)(?=自治)/u, '')
}
