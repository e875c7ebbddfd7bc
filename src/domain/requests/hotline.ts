/**
 * What an outside hotline (12345) says to this office and hears from it, in the words of Open311 GeoReport v2: a request
 * with the number that the hotline has given it, and for each of its own requests how it stands and what was answered.
 */
import { isDay } from '../day.ts'
import { cleanFields } from '../clean-fields.ts'
import type { FieldProblem } from '../field.ts'
import { isMoment } from '../day.ts'
import { cleanPhone } from '../phone.ts'
import { problemsOfNew } from '../schemas.ts'
import { cleanText } from '../text.ts'
import type { Item } from './catalogue.ts'
import type { JudgedStep } from './course.ts'
import type { RequestState } from './step.ts'
import { openStates } from './transition.ts'

/** The service of what is in no catalogue. */
export const otherService = 'other'

/** What a hotline says of one request, as this office keeps it until somebody of the office admits it. */
export interface HotlineWords {
  readonly words: string | null
  readonly where: string | null
  readonly latitude: number | null
  readonly longitude: number | null
  readonly name: string | null
  readonly telephone: string | null
  /** The person agreed that the unit may call. */
  readonly isToldToUnit: boolean
  /** Id of the catalogue's item; null of what is in none. */
  readonly item: string | null
  /** The day by which the hotline was promised an answer. */
  readonly until: string | null
}

export interface HotlineRequest extends Omit<HotlineWords, 'isToldToUnit'> {
  /** Null: nothing is said of it. */
  readonly isToldToUnit: boolean | null
  readonly outsideNumber: string
  /** When the person called, ISO 8601 UTC; null: now. */
  readonly askedAt: string | null
  readonly jurisdiction: string | null
}

type Read =
  | { readonly ok: true; readonly request: HotlineRequest }
  | { readonly ok: false; readonly problems: readonly FieldProblem[] }

/** Reads what a hotline posts: names are those of GeoReport v2, values text or JSON. Problems carry the hotline's names. */
export function readHotlineRequest(given: Readonly<Record<string, unknown>>): Read {
  const problems: FieldProblem[] = []
  const bad = (field: string, problem: FieldProblem['problem'], limit?: number) => {
    problems.push({ field, problem, ...(limit === undefined ? {} : { limit }) })
  }
  const textOf = (field: string, most: number): string | null => {
    const value = given[field]
    if (value === undefined || value === null || value === '') return null
    if (typeof value !== 'string' && typeof value !== 'number') {
      bad(field, 'wrong-shape')
      return null
    }
    const text = cleanText(String(value))
    if (text.length > most) bad(field, 'too-long', most)
    return text === '' ? null : text
  }
  const degrees = (field: string, most: number): number | null => {
    const text = textOf(field, 40)
    if (text === null) return null
    const value = Number(text)
    if (!Number.isFinite(value)) bad(field, 'wrong-shape')
    else if (Math.abs(value) > most) bad(field, 'too-large', most)
    return value
  }
  const outsideNumber = textOf('outside_number', 40)
  if (outsideNumber === null && given['outside_number'] !== 0) bad('outside_number', 'required')
  const service = textOf('service_code', 40)
  if (service === null) bad('service_code', 'required')
  const words = textOf('description', 1_000)
  if (words === null && (service === null || service === otherService))
    bad('description', 'required')
  const latitude = degrees('lat', 90)
  const longitude = degrees('long', 180)
  if ((latitude === null) !== (longitude === null))
    bad(latitude === null ? 'lat' : 'long', 'required')
  const said = textOf('phone', 40)
  const telephone = said === null ? null : cleanPhone(said)
  if (said !== null && telephone === null) bad('phone', 'not-a-telephone')
  const name = [textOf('last_name', 40), textOf('first_name', 40)].filter(Boolean).join('')
  const until = textOf('answer_by', 10)
  if (until !== null && !isDay(until)) bad('answer_by', 'not-a-day')
  const asked = textOf('requested_datetime', 40)
  const isMomentGiven = asked !== null && isInstant(asked)
  if (asked !== null && !isMomentGiven) bad('requested_datetime', 'not-an-instant')
  const allowed = given['call_allowed']
  const request: HotlineRequest = {
    ...{ outsideNumber: outsideNumber ?? '', words, latitude, longitude, telephone, until },
    where: textOf('address_string', 100),
    name: name === '' ? null : name,
    isToldToUnit:
      allowed === undefined || allowed === null || allowed === ''
        ? null
        : allowed === true || allowed === 'yes' || allowed === 'true',
    item: service === otherService ? null : service,
    askedAt: isMomentGiven ? new Date(asked).toISOString() : null,
    jurisdiction: textOf('jurisdiction_id', 40),
  }
  if (problems.length === 0) problems.push(...unseenLetters(request))
  return problems.length === 0 ? { ok: true, request } : { ok: false, problems }
}

const isInstant = (text: string) =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/.test(text) && isMoment(text)

const names: Readonly<Record<string, string>> = {
  ...{ words: 'description', where: 'address_string', name: 'last_name', telephone: 'phone' },
}

/** Letters that no screen shows are refused here, and not where somebody of the office admits it. */
function unseenLetters({ words, where, name, telephone }: HotlineRequest): FieldProblem[] {
  const request = requestFields(
    { words: words ?? '-', where, latitude: null, longitude: null, item: null },
    { number: '-', at: '2000-01-01T00:00:00.000Z', level: 'ordinary', itemName: null },
  )
  const asker = { request: '00000000-0000-4000-8000-000000000000', name, telephone }
  return [...problemsOfNew('request', request), ...problemsOfNew('asker', asker)].map((one) => ({
    ...one,
    field: names[one.field] ?? one.field,
  }))
}

/** The fields of the request that an admitted one becomes. */
export function requestFields(
  said: Pick<HotlineWords, 'words' | 'where' | 'latitude' | 'longitude' | 'item'>,
  more: {
    readonly number: string
    readonly at: string
    readonly level: 'ordinary' | 'urgent' | 'major'
    readonly itemName: string | null
  },
): Readonly<Record<string, unknown>> {
  const { words, where, latitude, longitude, item } = said
  return cleanFields('request', {
    ...{ words, where, latitude, longitude, item, ...more },
    source: 'hotline',
  })
}

/** What makes two posts of one number the same. */
export function sameWords(said: HotlineRequest): string {
  const { name, telephone, item, isToldToUnit, until } = said
  return JSON.stringify([sameMatter(said), name, telephone, item, isToldToUnit, until])
}

/** What makes a second post of one number an addition: it says something else of the matter. */
export function sameMatter({ words, where, latitude, longitude }: HotlineRequest): string {
  return JSON.stringify([words, where, latitude, longitude])
}

/** What waits, with what a later post says otherwise of who asked, of the service and of the day; what it leaves out stays. */
export function correctedWords(held: HotlineWords, said: HotlineRequest): HotlineWords {
  return {
    ...{ ...held, item: said.item, name: said.name ?? held.name, until: said.until ?? held.until },
    telephone: said.telephone ?? held.telephone,
    isToldToUnit: said.isToldToUnit ?? held.isToldToUnit,
  }
}

/** Items that a hotline may name: what is about staff or for the office alone is sorted out by a person. */
export function servicesOf(items: readonly Item[]): readonly Item[] {
  return items.filter((item) => !item.isStaffOnly && !item.isAboutStaff)
}

export interface Told {
  readonly at: string
  readonly words: string
  /** Ids of the photographs that go with it. */
  readonly photos?: readonly string[]
}

/** Of a unit's answer, and of the office that released it. */
const photosOf = (
  ...steps: readonly (Pick<JudgedStep, 'photos'> | null)[]
): Pick<Told, 'photos'> => {
  const photos = steps.flatMap((step) => step?.photos ?? [])
  return photos.length > 0 ? { photos } : {}
}

/** What who asked has been told, in order: a unit's answer once the office released it, and never an internal note. */
export function toldToAsker(steps: readonly JudgedStep[]): readonly Told[] {
  const told: Told[] = []
  let answer: Pick<JudgedStep, 'wordsForAsker' | 'photos'> | null = null
  for (const step of steps) {
    if (!step.moved) continue
    const at = step.received ?? step.at
    if (step.step === 'answer') answer = step
    else if (step.step === 'release') {
      const words = step.wordsForAsker ?? answer?.wordsForAsker
      if (words) told.push({ at, words, ...photosOf(answer, step) })
    } else if (step.actor !== 'handler' && step.wordsForAsker) {
      told.push({ at, words: step.wordsForAsker, ...photosOf(step) })
    }
  }
  return told
}

/** What who asked reads of where it stands. */
export const stateForAsker: Readonly<Record<RequestState, string>> = {
  waiting: '已收到，等街道放行',
  submitted: '已收到，等待受理',
  accepted: '已受理',
  assigned: '已分派办理单位',
  handling: '正在办理',
  suspended: '暂停办理',
  handled: '办理单位已答复，街道正在核对',
  verifying: '已答复，正在回访',
  closed: '已办结',
  outside: '已移交其他单位',
  withdrawn: '已撤回',
  invalid: '不予办理',
  merged: '与另一件合并办理',
}

/** Open311 knows two states. */
export function isOpenForAsker(state: RequestState): boolean {
  return state === 'waiting' || openStates.includes(state)
}

/** Why a call is refused: the code of the answer, and words for whoever reads its log. */
export const hotlineProblems = {
  'no-key': [403, '缺少密钥或密钥无效', 'The API key is missing or not valid.'],
  'key-in-address': [
    400,
    '密钥不能写在地址里，请放在 Authorization 请求头',
    'Never send the key in an address: use the Authorization header.',
  ],
  'not-allowed': [403, '此密钥不能提交诉求', 'This key may not post requests.'],
  'place-unknown': [
    400,
    'jurisdiction_id 不是此密钥的地方',
    'jurisdiction_id is none of the places of this key.',
  ],
  'place-needed': [
    400,
    '请写明 jurisdiction_id',
    'This key has several places: name one as jurisdiction_id.',
  ],
  'service-unknown': [404, '没有这个 service_code', 'There is no such service_code.'],
  'request-unknown': [404, '没有这个诉求', 'There is no such request of this system.'],
  'bad-body': [400, '请求内容无法读取', 'The body is neither valid JSON nor a form.'],
  'bad-query': [400, '查询条件无法读取', 'A parameter cannot be read'],
  'bad-field': [400, '内容不合要求', 'A field is not as it should be'],
  'too-large': [413, '内容过大', 'The body is larger than 64 kB.'],
  'too-many': [429, '调用过于频繁，请稍后再试', 'Too many calls: try again later.'],
  'decided-already': [
    409,
    '此件街道已受理，不能再改姓名、电话、可否致电、类别和答复日期，请致电街道；补充内容请不带这些字段提交',
    'The office has admitted it: name, phone, call_allowed, service_code and answer_by can change no more. ' +
      'Call the office; leave these fields out to add words.',
  ],
  'day-full': [429, '今天的诉求已达上限', 'The most requests of a day were reached.'],
  'additions-full': [
    429,
    '这件诉求今天的补充已达上限，请明天再提交或致电街道',
    'The most additions of a day to one request were reached: try again tomorrow, or call the office.',
  ],
  'not-found': [404, '没有这个地址', 'There is nothing at this address.'],
  'try-later': [
    503,
    '系统暂时不能应答，请稍后再试',
    'The office cannot answer now: try again later.',
  ],
} as const satisfies Readonly<Record<string, readonly [number, string, string]>>
export type HotlineProblem = keyof typeof hotlineProblems

const fieldWords: Partial<Record<FieldProblem['problem'], readonly [string, string]>> = {
  required: ['必须填写', 'is required'],
  'too-long': ['太长', 'is too long'],
  'too-large': ['超出范围', 'is out of range'],
  'too-small': ['超出范围', 'is out of range'],
  'not-a-day': ['不是日期（例如 2026-11-30）', 'is no day such as 2026-11-30'],
  'not-an-instant': ['不是带时区的时间', 'is no moment with its offset from UTC'],
  'not-a-telephone': ['不是电话号码', 'is no telephone number'],
  'unseen-letters': ['含有看不见的字符', 'holds letters that nobody can see'],
}

/** One sentence in each language. */
export function hotlineSentence(problem: HotlineProblem, more = ''): string {
  const [, chinese, english] = hotlineProblems[problem]
  return more === '' ? `${chinese}。${english}` : `${chinese}：${more}。${english}: ${more}.`
}

export function fieldSentence({ field, problem, limit }: FieldProblem): string {
  const [chinese, english] = fieldWords[problem] ?? ['格式不对', 'has a wrong shape']
  const most = limit === undefined ? '' : ` (${limit})`
  return `${field} ${chinese}${most}。${field} ${english}${most}.`
}
