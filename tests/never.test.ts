/** Each line of the page 这个应用没有的功能 has its proof here, and nothing that the product says claims too much. */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { neverWords, type NeverKey } from '#app/ui/me/never/never-words.ts'
import { kinds } from '#domain/record.ts'
import { policySchema } from '#domain/policy.ts'
import { purposes } from '#domain/purpose.ts'
import { careTags, residentSchema } from '#domain/resident.ts'
import { schemas } from '#domain/schemas.ts'
import { isNeverKept } from '#domain/unknown-fields.ts'
import * as overview from '#protocol/overview.ts'
import * as requests from '#protocol/requests.ts'
import { describeSchema } from './protocol/describe-schema.ts'
import { expectCount } from './support/counts.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const read = (path: string) => readFileSync(join(root, path), 'utf8')

function filesBelow(folder: string, pattern: RegExp) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && pattern.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length).replaceAll('\\', '/'))
    .map((path) => ({ path, text: read(path) }))
}

const code = [...filesBelow('src', /\.tsx?$/), ...filesBelow('sw', /\.ts$/)].filter(
  ({ path }) => !path.startsWith('src/app/ui/me/never/'),
)
const texts = [...code, { path: 'index.html', text: read('index.html') }]

/** Every name that a record or an answer about places may have, at any depth. */
const names = [...new Set([...namesIn(Object.values(schemas)), ...namesIn(answers())])]

/** The answers that tell of places in numbers. */
function answers(): v.GenericSchema[] {
  return [
    overview.overviewSchema,
    overview.placeOverviewSchema,
    requests.requestOverviewSchema,
    requests.requestListSchema,
  ]
}

function namesIn(parts: readonly v.GenericSchema[]): string[] {
  const found: string[] = []
  const look = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return
    for (const [key, value] of Object.entries(part as Record<string, unknown>)) {
      if (key === 'entries' && typeof value === 'object' && value) found.push(...Object.keys(value))
      look(value)
    }
  }
  for (const part of parts) look(describeSchema(part))
  return found
}

/** Where such words stand in the product. */
function where(pattern: RegExp): string[] {
  return texts.flatMap(({ path, text }) => {
    const found = pattern.exec(text)
    return found ? [`${path}: ${found[0]}`] : []
  })
}

const callsOf = (pattern: RegExp) => code.filter(({ text }) => pattern.test(text))

const proofs: Record<NeverKey, () => void> = {
  tables() {
    expect(kinds.filter((kind) => /form|survey|task|sheet|questionnaire/i.test(kind))).toEqual([])
    // A policy switches fields off. It has no list that would add one, and every field of a resident has its purpose.
    expect(Object.keys(policySchema.entries)).toContain('off')
    expect(
      Object.keys(policySchema.entries).filter((name) => /extra|added|custom|more/i.test(name)),
    ).toEqual([])
    const outside = [
      'household',
      'overrides',
      'noticeOn',
      'noticeVersion',
      ...Object.keys(purposes),
    ]
    const fields = Object.keys(residentSchema.entries)
    expect(fields.filter((field) => !outside.includes(field))).toEqual([])
  },
  attendance() {
    expect(
      names.filter((name) => /attend|clock|onlineFor|workedHours|steps?Walked|beganAt/i.test(name)),
    ).toEqual([])
    expect(where(/签到|打卡|考勤|在线时[长间]|出勤|步数/)).toEqual([])
  },
  points() {
    expect(names.filter((name) => /score|point|rank|likes|vote|star/i.test(name))).toEqual([])
    expect(where(/积分|排名|排行|得分|打分|点赞|投票|评优/)).toEqual([])
    // The numbers of places are told of places, kinds and units: of no colleague.
    const told = namesIn(answers())
    expect(told.length).toBeGreaterThan(30)
    expect(told.filter((name) => /account|worker|colleague|^by$/i.test(name))).toEqual([])
  },
  spread() {
    expect(callsOf(/navigator\.share|\/api\/(?:invite|install)/).map(({ path }) => path)).toEqual(
      [],
    )
    expect(where(/安装率|下载量|推广|邀请码|注册率|活跃/)).toEqual([])
  },
  traces() {
    expect(read('src/server/routes/static-files.ts')).toContain('camera=(), microphone=()')
    expect(
      callsOf(/getUserMedia|getDisplayMedia|ImageCapture|MediaRecorder|watchPosition/).map(
        ({ path }) => path,
      ),
    ).toEqual([])
    expect(callsOf(/\scapture[=\s>]/).map(({ path }) => path)).toEqual([])
    // One place reads where the device is, and one screen asks it.
    expect(callsOf(/getCurrentPosition\(/).map(({ path }) => path)).toEqual([
      'src/app/platform/map-acts.ts',
    ])
    const placed = Object.entries(schemas).filter(([, schema]) =>
      namesIn([schema]).some((name) => /latitude|longitude|position|track/i.test(name)),
    )
    expect(placed.map(([kind]) => kind)).toEqual(['building', 'request', 'errand'])
    expect(where(/轨迹|录像|截屏|直播/)).toEqual([])
  },
  business() {
    expect(read('src/server/routes/static-files.ts')).toContain('payment=()')
    expect(callsOf(/PaymentRequest/).map(({ path }) => path)).toEqual([])
    expect(where(/广告|付款|支付|优惠|购买|充值/)).toEqual([])
  },
  faces() {
    for (const name of ['faceImage', 'fingerprint', 'voiceprint', 'renlian']) {
      expect(isNeverKept(name), name).toBe(true)
    }
    expect(names.filter(isNeverKept)).toEqual([])
    expect(where(/人脸|声纹|虹膜/)).toEqual([])
  },
  labels() {
    for (const name of [
      'criminalRecord',
      'psychiatricHistory',
      'drugUse',
      'religion',
      'politics',
    ]) {
      expect(isNeverKept(name), name).toBe(true)
    }
    expect([...careTags].filter(isNeverKept)).toEqual([])
    expect(where(/前科|刑满|社区矫正|吸毒|精神病|邪教|信教/)).toEqual([])
  },
  grades() {
    expect(isNeverKept('creditScore')).toBe(true)
    expect(isNeverKept('stabilityRisk')).toBe(true)
    expect(names.filter((name) => /danger|predict|risk|likelihood/i.test(name))).toEqual([])
    expect(where(/信用分|风险等级|危险程度|重点人员等级/)).toEqual([])
  },
  abroad() {
    // What the app may load is held by `house.test.ts`: it names no other origin.
    expect(read('tests/house.test.ts')).toContain('names no other origin')
    expect(callsOf(/sendBeacon|google-analytics|sentry/i).map(({ path }) => path)).toEqual([])
    const outward = /(?<![.\w])fetch\(|\bhttps?\.(?:request|get)\(|from 'node:(?:https|tls|dgram)'/
    const server = code.filter(({ path }) => path.startsWith('src/server/'))
    expectCount('files of the server', server.length)
    expect(outward.test('await fetch(url)')).toBe(true)
    const wayOut = 'src/server/keepers/outward.ts'
    // Whoever answers over https calls nobody.
    const answering = "import { createServer as createHttpsServer } from 'node:https'"
    const calls = server.flatMap(({ path, text }) =>
      text
        .split('\n')
        .filter((line) => outward.test(line) && line !== answering)
        .filter((line) => !/^\s*fetch\(request: Request/.test(line))
        .map((line) => `${path}: ${line.trim()}`),
    )
    // Decision 0081: one module, where an operator names an address, and nothing of anybody in it.
    expect(calls).toEqual([`${wayOut}: const response = await fetch(url, {`])
    expect(read(wayOut)).not.toMatch(/words|telephone|resident|asker/)
  },
}

describe('what this app does not have', () => {
  it.each(Object.entries(proofs))('%s', (_, prove) => prove())

  it('is said in both languages, a proof for each line', () => {
    const keys = Object.keys(proofs).sort()
    for (const { lines } of Object.values(neverWords))
      expect(Object.keys(lines).sort()).toEqual(keys)
    expectCount('names of fields', names.length)
    expectCount('files of code but for the page of what Wuse has not', code.length)
  })
})

describe('nothing that is said', () => {
  const docs = [
    ...['README.md', 'README.zh-CN.md', 'CHANGELOG.md', 'CONTRIBUTING.md'].map((path) => ({
      path,
      text: read(path),
    })),
    ...filesBelow('docs', /\.md$/),
    ...filesBelow('public', /\.(?:webmanifest|txt)$/),
    { path: 'package.json', text: read('package.json') },
  ]
  const all = [...texts, ...filesBelow('src/app/ui/me/never', /\.tsx?$/), ...docs]

  /** Assessments that nobody made, approvals that nobody gave, secrecy that the server does not have. */
  const claims =
    /通过(?:了)?密评|密评(?:通过|合格)|(?:符合|通过|达到|满足)(?:了)?(?:网络安全)?等保|等保(?:二|三|四)级(?:认证|合格|通过)|国密(?:认证|合规)|商用密码(?:产品|认证)|端到端加密|国密浏览器已支持|管理员(?:也)?看不到|防(?:止)?内部人员|算法(?:已)?备案|军工级|绝对安全|支持 ?SM2|end-to-end[- ]encrypt|zero[- ]knowledge|certified by|administrators? cannot (?:see|read)|(?:MLPS|CC) certified/i

  it('claims what is not so', () => {
    expectCount('pages of documents', docs.length)
    for (const claim of ['本系统符合等保三级', '端到端加密', '国密认证', 'End-to-end encrypted']) {
      expect(claims.test(claim), claim).toBe(true)
    }
    expect(claims.test('身份证号、电话等平时打码显示')).toBe(false)
    const found = all.flatMap(({ path, text }) =>
      text.split('\n').flatMap((line) => {
        const claim = claims.exec(line)
        return claim ? [`${path}: ${claim[0]}`] : []
      }),
    )
    expect(found).toEqual([])
  })

  it('says that the server encrypts what it does not', () => {
    const words = all.filter(({ path }) => /^(?:src\/app\/ui|src\/domain|README)/.test(path))
    const encrypts =
      /服务器(?:上)?(?:的)?[^。\n]{0,12}加密(?:保存|存储)|(?:server|database)[^.\n]{0,20}(?:is|are|stores?)[^.\n]{0,12}encrypted/i
    expect(encrypts.test('服务器上加密保存')).toBe(true)
    expect(
      words.flatMap(({ path, text }) => {
        const found = encrypts.exec(text)
        return found ? [`${path}: ${found[0]}`] : []
      }),
    ).toEqual([])
  })
})
