/** A person's file: everything that is stored about them, of others no more than needed, on record before it opens. */
import { fireEvent, render, screen, waitFor } from '@testing-library/preact'
import { LocationProvider } from 'preact-iso'
import { describe, expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { residentSchema } from '#domain/resident.ts'
import type { WireChange, WireRecord } from '#protocol/pull.ts'
import { createRegister } from '#app/register/create-register.ts'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import type { Intent } from '#app/acts/intent.ts'
import type { OfficeAnswer } from '#app/acts/office-answer.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { FileSheet } from '#app/ui/privacy/person-file/FileSheet.tsx'
import { InquiryFile, PersonFile } from '#app/ui/privacy/person-file/PersonFile.tsx'
import { recordsOf, type Older } from '#app/ui/privacy/person-file/file-source.ts'
import { fileWords } from '#app/ui/words/file-words.ts'
import { requestsWords } from '#app/ui/words/requests-words.ts'
import { partsOf } from '#app/ui/privacy/person-file/person-file.ts'
import { zhCN } from '#app/ui/words/zh-CN.ts'
import {
  building,
  change,
  dwelling,
  gridA,
  household,
  page,
  record,
  resident,
  today,
  uuid,
  visit,
} from '../register/grid-of-samples.ts'

const number = '200101198506150011'
const neighbour = '样例邻居甲'
const records = [
  record('place', 1, { placeKind: 'grid', name: '第一网格' }),
  record('account', 9, { name: '样例网格员', role: 'worker' }),
  building(100, '3幢', 1),
  dwelling(200, 100, '1', '101'),
  dwelling(201, 100, '1', '201'),
  household(300, 200, { note: '样例门口有台阶' }),
  household(301, 201),
  resident(400, 300, '样例本人', {
    documentNumber: number,
    phones: ['10000000011'],
    relation: '02',
    workplace: '样例单位',
    noticeOn: '2026-11-10',
    noticeVersion: 2,
    notSameAs: [uuid(402)],
    ofANewerVersion: '新版本的项目',
    tags: [{ tag: 'disabled', grade: 2, source: 'department', from: '2026-01-05' }],
    overrides: [
      {
        id: uuid(50),
        colour: 'red',
        words: '样例理由',
        from: '2026-11-01',
        until: '2026-11-20',
        by: uuid(9),
        over: [],
      },
    ],
  }),
  resident(401, 300, neighbour, { documentNumber: '200101199001010022', relation: '10' }),
  resident(402, 301, '样例本人', { birth: '1950-01-01' }),
  resident(403, 301, '样例本人', { mergedInto: uuid(400) }),
  visit(500, 300, '2026-11-12T02:00:00.000Z', { note: '样例走访', unchanged: false }),
  visit(501, 301, '2026-03-01T02:00:00.000Z', { note: '搬来以前' }),
  visit(502, 301, '2026-11-15T02:00:00.000Z', { note: '别人的走访', resident: uuid(402) }),
  record('colour', 600, {
    subject: uuid(400),
    subjectKind: 'resident',
    colour: 'orange',
    scheme: uuid(700),
    schemeVersion: 1,
    reasons: [{ rule: 'severe-disability', level: 'orange' }],
    from: '2026-01-05',
    cause: 'facts',
  }),
  record('inquiry', 650, {
    resident: uuid(400),
    wants: 'copy',
    note: '样例请求',
    receivedOn: '2026-11-20',
    due: '2026-12-05',
  }),
  record('clash', 660, {
    kind: 'resident',
    record: uuid(400),
    field: 'workplace',
    kept: { value: '样例单位', at: '2026-11-02T02:00:00.000Z' },
    lost: { value: '样例工厂', at: '2026-11-01T02:00:00.000Z' },
    settled: true,
  }),
]
const asked = [
  record('request', 700, {
    ...{
      number: 'JJQ-261120-07-01',
      site: uuid(400),
      siteKind: 'resident',
      words: '样例要人帮忙，打10012340078',
    },
    ...{ level: 'ordinary', source: 'door', at: '2026-11-20T02:00:00.000Z' },
  }),
  record('request-step', 701, {
    ...{ request: uuid(700), step: 'submit', at: '2026-11-20T02:00:00.000Z', actor: 'worker' },
    ...{ moved: true, to: 'submitted' },
  }),
  record('request-step', 702, {
    ...{ request: uuid(700), step: 'settle', at: '2026-11-20T03:00:00.000Z', actor: 'worker' },
    ...{ moved: true, from: 'submitted', to: 'closed', words: '样例当场帮了' },
  }),
  record('asker', 703, {
    ...{ request: uuid(700), name: '样例本人', telephone: '10012340078' },
    tokens: [{ hash: 'ab'.repeat(32), made: '2026-11-20T02:00:00.000Z' }],
  }),
  // Of somebody else about another door.
  record('request', 710, {
    ...{ number: 'JJQ-261120-07-02', site: uuid(402), siteKind: 'resident', words: '样例别人的事' },
    ...{ level: 'ordinary', source: 'door', at: '2026-11-20T02:00:00.000Z' },
  }),
  record('asker', 713, { request: uuid(710), resident: uuid(402), name: '样例旁人' }),
]
const moved = change(800, 400, {
  at: '2026-06-01T02:00:00.000Z',
  by: uuid(9),
  fields: { household: [uuid(301), uuid(300)] },
})
const ofMerged = change(801, 403, { fields: { note: ['样例旧备注', '样例新备注'] } })
const longAgo: WireChange = change(10, 400, {
  at: '2025-02-03T02:00:00.000Z',
  fields: { phones: [['10000000099'], ['10000000011']] },
})

function filled(more: readonly WireRecord[] = []) {
  const register = createRegister()
  register.applyPages([
    page(gridA, [...records, ...asked, ...more], { changes: [moved, ofMerged] }),
  ])
  return register
}

function fileOf(open: boolean, older: Older = [longAgo, moved], more: readonly WireRecord[] = []) {
  const register = filled(more)
  const found = recordsOf(register, uuid(400))
  if (!found) throw new Error('not there')
  const parts = partsOf({
    ...found,
    register,
    today,
    open,
    older,
    off: ['workplace'],
    words: zhCN,
    own: fileWords['zh-CN'],
    said: requestsWords['zh-CN'],
  })
  const all = parts.map(({ title, note, rows }) => [title, note, ...rows.flat()].join('|'))
  return { parts, text: all.join('\n') }
}
const part = (parts: ReturnType<typeof fileOf>['parts'], title: string) => {
  const found = parts.find((one) => one.title === title)
  if (!found) throw new Error(`no part ${title}`)
  return found.rows.map((row) => row.join('|'))
}

const picture = {
  ...{ thumbnail: 'AAAA', bytes: 3, width: 4, height: 3, chunks: 1, key: 'AAAA' },
  ...{ sha256: 'a'.repeat(64), sealed: 'b'.repeat(64) },
}
const photo = (id: number, host: number, hour: string, more: object = {}) =>
  record(
    'photo',
    id,
    { ...picture, host: uuid(host), takenAt: `2026-11-20T${hour}:00:00.000Z`, ...more },
    { by: uuid(9) },
  )
const photographs = [
  photo(720, 500, '02', { arrivedAt: '2026-11-20T02:10:00.000Z' }),
  photo(721, 700, '03'),
  photo(722, 200, '04', { refusedAs: 'cut' }),
  // Of somebody else, of another door, and of a time in which the person lived elsewhere.
  photo(723, 502, '05'),
  photo(724, 710, '06'),
  photo(725, 201, '07'),
]

describe('photographs', () => {
  it('of visits, requests and hazards of the person are all told, and shown where nothing is masked', () => {
    const { parts } = fileOf(true, undefined, photographs)
    expect(part(parts, '照片')).toEqual([
      '2026年11月20日 12:00|安全隐患|没有收下|样例网格员',
      '2026年11月20日 11:00|诉求：JJQ-261120-07-01|原图在路上|样例网格员',
      '2026年11月20日 10:00|走访|原图已到|样例网格员',
    ])
    const shown = parts.find(({ title }) => title === '照片')?.photos ?? []
    expect(shown.map(({ id }) => id)).toEqual([uuid(722), uuid(721), uuid(720)])
    const masked = fileOf(false, undefined, photographs).parts
    expect(part(masked, '照片')).toHaveLength(3)
    expect(masked.find(({ title }) => title === '照片')?.photos).toBeUndefined()
    expect(fileOf(true).parts.find(({ title }) => title === '照片')).toBeUndefined()
  })

  it('stand on the sheet as originals once they are open, and small until then', () => {
    const { parts } = fileOf(true, undefined, photographs)
    const sheet = { heading: '样例', lines: [], parts }
    const originals = new Map([[uuid(720), 'data:image/jpeg;base64,BBBB']])
    render(<FileSheet sheet={sheet} originals={originals} />)
    const seen = screen.getAllByRole('img').map((image) => image.getAttribute('src'))
    expect(seen).toEqual([
      ...['data:image/jpeg;base64,AAAA', 'data:image/jpeg;base64,AAAA'],
      'data:image/jpeg;base64,BBBB',
    ])
    screen.getByAltText('2026年11月20日 10:00 · 走访')
  })
})

describe('what stands in it', () => {
  it('is every fact with its purpose, also one that is switched off or of a newer version', () => {
    const facts = part(fileOf(true).parts, '资料')
    expect(facts).toContain(`证件号码|${number}|核对身份，避免重复登记`)
    expect(facts).toContain('联系电话|10000000011|上门前联系，紧急时通知')
    expect(facts).toContain('工作单位（已停用）|样例单位|白天有急事时能联系到')
    expect(facts).toContain('ofANewerVersion|新版本的项目|')
    expect(facts).toContain('关爱标签|残疾二级 · 部门名单 · 从 2026年1月5日|关爱走访和帮扶')
    expect(facts).toContain('不是同一人|1人|分清同名同号的两个人')
  })

  it('leaves out no field of a resident that is filled', () => {
    const some: Readonly<Record<string, unknown>> = {
      ...(records.find(({ id }) => id === uuid(400))?.fields ?? {}),
    }
    const register = filled()
    const found = recordsOf(register, uuid(400))
    if (!found) throw new Error('not there')
    // What has a part of its own, or none as it is not the record that counts.
    const apart = new Set(['household', 'overrides', 'tags', 'mergedInto'])
    const empty = Object.keys(residentSchema.entries).filter((name) => !(name in some))
    for (const name of empty) {
      if (apart.has(name)) continue
      const value = name.endsWith('On') ? '2026-01-09' : name === 'sameAs' ? [uuid(402)] : '1'
      const fields = { ...found.resident.fields, [name]: value }
      const { parts } = {
        parts: partsOf({
          ...found,
          resident: { ...found.resident, fields },
          register,
          today,
          open: true,
          older: [],
          off: [],
          words: zhCN,
          own: fileWords['zh-CN'],
          said: requestsWords['zh-CN'],
        }),
      }
      const label = zhCN.facts.field[name]
      expect(label, name).toBeDefined()
      expect(
        part(parts, '资料').some((row) => row.startsWith(`${label}|`)),
        name,
      ).toBe(true)
    }
  })

  it('is the home, of the others who live there no more than a masked name', () => {
    const { parts, text } = fileOf(true)
    const home = part(parts, '住处')
    expect(home).toContain('住址|清风阳光苑 3幢1单元101室')
    expect(home).toContain('网格|第一网格')
    expect(home.some((row) => /^同住的人\|.*样\*/.test(row))).toBe(true)
    expect(home).toContain('住户 · 备注|样例门口有台阶')
    expect(text).not.toContain(neighbour)
    expect(text).not.toContain('200101199001010022')
  })

  it('is the colours with their reasons, those by hand, and the notice', () => {
    const { parts } = fileOf(true)
    const colours = part(parts, '五色')
    expect(colours[0]).toMatch(/^现在（2026年11月23日）\|◆ /)
    expect(colours[1]).toMatch(/^2026年1月5日\|◆ .+：.+\|第1版\|资料变了$/)
    expect(part(parts, '人工调色')).toEqual([
      '▲ 重点关注|样例理由|2026年11月1日 – 2026年11月20日|样例网格员|已到期',
    ])
    expect(part(parts, '告知')).toEqual(['2026年11月10日|第2版|'])
  })

  it('is the visits to the person, also where they lived before, and of nobody else', () => {
    const visits = part(fileOf(true).parts, '走访记录')
    expect(visits.map((row) => row.split('|')[2])).toEqual(['样例走访', '无变化 · 搬来以前'])
  })

  it('is what they asked, every change there is, and values that differed', () => {
    const { parts } = fileOf(true)
    expect(part(parts, '个人信息请求')).toEqual(['2026年11月20日|复制、转移：样例请求|等待答复'])
    const history = part(parts, '修改记录')
    const of = (text: string) => history.filter((row) => row.includes(text))
    expect(of('样例旧备注')).toHaveLength(1)
    // The office told it and the device had it: once.
    expect(of('所在住户')).toEqual([
      '2026年6月1日 10:00|样例网格员|所在住户|清风阳光苑 3幢1单元201室|清风阳光苑 3幢1单元101室',
    ])
    expect(history.at(-1)).toBe('2025年2月3日 10:00|办公室|联系电话|10000000099|10000000011')
    expect(part(parts, '改得不一样')[0]).toMatch(/^工作单位\|样例单位（.+）\|样例工厂（.+）$/)
  })

  it('is what they asked an office to do, with every word of it, and nobody else’s', () => {
    const of = (open: boolean) => part(fileOf(open).parts, '诉求')
    expect(of(true)).toEqual([
      '2026年11月20日 10:00|JJQ-261120-07-01|登记诉求|样例要人帮忙，打10012340078 · 样例本人，10012340078 · 发过查询码1次，只存校验值|网格员',
      '2026年11月20日 11:00|JJQ-261120-07-01|当场已解决|样例当场帮了|网格员',
    ])
    expect(of(false).join('\n')).not.toMatch(/10012340078|样例本人/)
  })

  it('says so where the office could not be asked for what is older', () => {
    const note = (older: Older) =>
      fileOf(true, older).parts.find(({ title }) => title === '修改记录')?.note
    expect(note([])).toBeUndefined()
    expect(note(null)).toContain('没有网络')
    expect(note('asking')).toContain('还没有取到')
  })

  it('is masked throughout unless it is asked for in full', () => {
    const { text } = fileOf(false)
    for (const secret of ['样例本人', number, '10000000011', '10000000099', neighbour]) {
      expect(text).not.toContain(secret)
    }
    expect(text).toContain('200101************')
  })
})

describe('where a fact came from', () => {
  const at = '2026-11-02T02:00:00.000Z'
  const by = uuid(9)
  const given = {
    ...{ title: '样例.xlsx', parts: 1, rows: 1, added: 0, changed: 1, bases: [] },
    ...{ outcome: 'written', source: '公安', sourceEntry: '人口', sourceOn: '2026-11-01' },
  }
  const roster = record('import', 720, given, { at, by })
  const wrote = change(802, 400, { at, by, fields: { workplace: ['样例工厂', '样例单位'] } })

  it('stands beside it and in its history, and nowhere without such an import', () => {
    const factsOf = (more: readonly WireRecord[], changes: readonly WireChange[]) => {
      const register = createRegister()
      register.applyPages([page(gridA, [...records, ...more], { changes: [...changes] })])
      const found = recordsOf(register, uuid(400))
      if (!found) throw new Error('not there')
      const told = { words: zhCN, own: fileWords['zh-CN'], said: requestsWords['zh-CN'] }
      const parts = partsOf({ ...found, ...told, register, today, open: true, older: [], off: [] })
      return { facts: part(parts, '资料'), history: part(parts, '修改记录') }
    }
    const { facts, history } = factsOf([roster], [wrote])
    expect(facts).toContain('工作单位|样例单位|白天有急事时能联系到|来自 公安，人口，2026-11-01')
    expect(facts.filter((row) => row.includes('来自'))).toHaveLength(1)
    expect(history.filter((row) => row.includes('样例网格员；来自 公安'))).toHaveLength(1)
    expect(factsOf([], [wrote]).facts.join()).not.toContain('来自')
  })
})

describe('its page', () => {
  type Saved = Awaited<ReturnType<DeviceParts['work']['saveApart']>>
  interface More {
    readonly role?: string
    readonly saved?: Saved
  }
  function open(Page: typeof PersonFile, params: Record<string, string>, more: More = {}) {
    const { role = 'staff', saved = { ok: true } } = more
    const register = filled()
    const intents: Intent[] = []
    const app = {
      register,
      session: createStore(() => ({ account: { id: uuid(8), name: '样例', role } })),
      today: createStore(() => ({ day: today })),
      now: () => Date.parse(`${today}T02:00:00Z`),
      sync: createStore(() => ({ phase: 'offline', unsent: [], refused: [], lastSync: null })),
      syncActs: {},
      // The script of photographs came not: the file has none here.
      photos: () => Promise.reject(new TypeError('offline')),
      officeActs: {
        history: (): Promise<OfficeAnswer<WireChange[]>> =>
          Promise.resolve({ ok: false, problem: 'offline' }),
      },
      work: {
        newId: () => uuid(999),
        saveApart: (given: readonly Intent[]) => {
          intents.push(...given)
          return Promise.resolve(saved)
        },
      },
    } as unknown as DeviceParts
    render(
      <LocationProvider>
        <PartsContext.Provider value={app}>
          <Page params={params} />
        </PartsContext.Provider>
      </LocationProvider>,
    )
    return { intents }
  }
  const tapOpen = () => fireEvent.click(screen.getByRole('button', { name: '打开档案' }))

  it('asks what for, and has it on record before it shows anything', async () => {
    const { intents } = open(PersonFile, { resident: uuid(400) })
    tapOpen()
    expect(screen.getByText('请选做什么用')).toBeDefined()
    expect(intents).toEqual([])
    fireEvent.click(screen.getByLabelText('核对登记'))
    tapOpen()
    await screen.findByText('200101************')
    expect(intents).toMatchObject([
      {
        op: 'create',
        kind: 'export',
        stream: gridA,
        fields: {
          ...{ sheet: 'file', subject: uuid(400), masked: true, purpose: 'check', count: 1 },
          ...{ recipient: 'own', ground: 'duty' },
        },
      },
    ])
    expect(screen.getByText(/^交给：本单位自用 · 依据：履行法定职责/)).toBeDefined()
    await screen.findByText(/没有网络，只有本机/)
    dispatchEvent(new Event('beforeprint'))
    const paper = document.querySelector('body > [data-light]')?.textContent ?? ''
    expect(paper).toContain('登记单位：第一网格')
    expect(paper).toContain('样例走访')
    dispatchEvent(new Event('afterprint'))
    fireEvent.click(screen.getByRole('button', { name: '收起' }))
    await waitFor(() => expect(screen.queryByText('样例走访')).toBeNull())
    dispatchEvent(new Event('beforeprint'))
    expect(document.querySelector('body > [data-light]')).toBeNull()
  })

  it('answers a request in full, and the request says when it was made', async () => {
    const { intents } = open(InquiryFile, { inquiry: uuid(650) })
    expect(screen.getByText(/答复 11月20日 的请求：复制/)).toBeDefined()
    tapOpen()
    await screen.findByText(number)
    expect(intents).toMatchObject([
      {
        kind: 'export',
        fields: {
          ...{ inquiry: uuid(650), masked: false, purpose: 'request' },
          ...{ recipient: 'subject', ground: 'request' },
        },
      },
      { kind: 'inquiry', record: uuid(650), op: 'patch' },
    ])
    expect(intents[1]?.fields).toEqual({ fileMadeAt: '2026-11-23T02:00:00.000Z' })
  })

  it('names the other office that gets it, and the law by which it does', async () => {
    const { intents } = open(PersonFile, { resident: uuid(400) })
    fireEvent.click(screen.getByLabelText('依法提供'))
    fireEvent.click(screen.getByLabelText('其他单位'))
    tapOpen()
    expect(screen.getByText('请填接收单位')).toBeDefined()
    expect(screen.getByText('请选法律依据')).toBeDefined()
    expect(intents).toEqual([])
    fireEvent.input(screen.getByLabelText(/接收单位/), { target: { value: ' 样例派出所 ' } })
    fireEvent.input(screen.getByLabelText(/法律依据/), { target: { value: 'law' } })
    tapOpen()
    await screen.findByText('交给：样例派出所 · 依据：法律、行政法规规定（个保法第13条第1款第7项）')
    expect(intents[0]?.fields).toMatchObject({
      ...{ purpose: 'law', recipient: 'office', recipientName: '样例派出所', ground: 'law' },
    })
  })

  it('is handed to the person where the person asked for it', async () => {
    const { intents } = open(PersonFile, { resident: uuid(400) })
    fireEvent.click(screen.getByLabelText('本人要求查阅或复制'))
    tapOpen()
    await screen.findByText(/^交给：本人或监护人 · 依据：本人或监护人请求/)
    expect(intents[0]?.fields).toMatchObject({ recipient: 'subject', ground: 'request' })
  })

  it('shows nothing where it could not be put on record, nor to a worker', async () => {
    open(InquiryFile, { inquiry: uuid(650) }, { saved: { ok: false, problem: 'disk-full' } })
    tapOpen()
    await screen.findByText(/没能留下记录，所以没有打开/)
    expect(screen.queryByText(number)).toBeNull()
  })

  it('is not for a worker', () => {
    open(PersonFile, { resident: uuid(400) }, { role: 'worker' })
    expect(screen.getByText('档案由社区或街道办公室制作。')).toBeDefined()
    expect(screen.queryByRole('button', { name: '打开档案' })).toBeNull()
  })
})

it('has what the person said for their door, and nothing that a neighbour said', () => {
  const said = {
    ...{ topic: uuid(980), dwelling: uuid(200), says: 'no', how: 'door' },
    at: '2026-11-20T02:00:00.000Z',
  }
  const topic = {
    ...{ title: '样例加装电梯', parts: [{ building: uuid(100) }], at: said.at },
    rule: { key: 'rebuild', ground: '样例' },
  }
  const { parts } = fileOf(
    true,
    [],
    [
      record('topic', 980, topic),
      record('voice', 981, { ...said, resident: uuid(403), words: '样例嫌吵' }),
      record('voice', 982, { ...said, resident: uuid(401), words: '邻居的话' }),
    ],
  )
  expect(part(parts, '各户意见')).toEqual([expect.stringMatching(/样例加装电梯.*不同意.*样例嫌吵/)])
})

it('has the plates of the person’s household, ended ones too, and no other household’s', () => {
  const plate = (n: number, more: object) =>
    record('vehicle', n, { dwelling: uuid(200), vehicleKind: 'car', plate: `浙A00${n}`, ...more })
  const { parts } = fileOf(
    true,
    [],
    [
      plate(990, { household: uuid(300) }),
      plate(991, { household: uuid(300), endedOn: '2026-11-01', endedWhy: 'left' }),
      plate(992, { household: uuid(399) }),
      // At the door where the household lived before.
      plate(993, { household: uuid(300), dwelling: uuid(201), endedOn: '2026-11-02' }),
    ],
  )
  expect(part(parts, '车辆')).toEqual([
    expect.stringMatching(/浙A00990.*小汽车/),
    expect.stringMatching(/浙A00991.*结束.*住户搬离/),
    expect.stringMatching(/浙A00993.*结束/),
  ])
})
