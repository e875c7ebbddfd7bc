/** Words of places and people that come in one workbook: what to fill in, what each row makes or why it makes nothing. */
import type { LineField } from '#domain/place-book/verdict.ts'
import type { BookTrouble } from '#app/acts/place-book-file.ts'
import { useScreenWords } from '#app/ui/words/use-words.ts'
import { placeBookEn } from './place-book-en.ts'

const placeBookZh = {
  language: 'zh-CN' as 'zh-CN' | 'en',
  title: '用表格建地方和人',
  how: '一张表格，把社区、村、网格、微网格、承办单位和各处的人一次建好。写入前逐行核对，写入后可以整批收回。',
  template: '1. 下载空白表格',
  choose: '2. 选填好的表格',
  chooseHint:
    '.xlsx、.xls、.et、.ods 或 .csv。填过的行再给一次也不要紧：已经有的会认出来，不会重复。',
  reading: '正在读表格…',
  nothingWritten: '什么都没有写入。',
  trouble: {
    empty: '这个文件是空的。',
    'too-large': '文件太大，最大8 MB。请删去图片和用不到的工作表后再选。',
    'too-much-inside': '文件里的内容多得不正常，没有读。请另存为新的 .xlsx 再试。',
    'too-many-rows': '行数太多，一次最多5,000行。请分成几个文件。',
    'too-many-lines': '行数太多，一次最多5,000行。请分成几个文件。',
    encrypted: '文件有密码。请在 Excel 里取消密码，另存后再选。',
    'no-reader': '读这种文件要用的程序还没下载到本机。请联网后再选一次，或另存为 .xlsx。',
    'web-page': '这是一个网页，里面没有表格。请在 Excel 或 WPS 里打开，另存为 .xlsx。',
    forms: '这不是一行一个地方的表格，没有读。',
    'not-a-table': '这不是表格文件，或扩展名被改过。请用 Excel 或 WPS 打开，另存为 .xlsx。',
    damaged: '文件不完整或已损坏，没有读。请重新拷一份。',
    'no-table': '没找到要填的表：没有“种类、名称”或“姓名、账号”这样的列名，或者下面一行都没填。',
  } satisfies Record<BookTrouble, string>,
  formulas: '有公式的格子，用的是文件里存的结果。',
  willMake: '将会新建',
  places: (n: number) => `${n}个地方`,
  accounts: (n: number) => `${n}个账号`,
  of: (n: number, what: string) => `${what} ${n}`,
  thereRows: (n: number) => `${n}行已经有了，不动。`,
  wrongRows: (n: number) => `${n}行不写入`,
  wrongHint: '改好后把整个文件再选一次：已经写入的会认出来，不会重复。',
  moreWrong: (n: number) => `还有${n}行，改好前面的再选一次就能看到。`,
  nothingNew: '没有要新建的。',
  under: (name: string) => `${name}下面`,
  inside: (places: number, people: number) =>
    [places > 0 && `${places}处`, people > 0 && `${people}人`].filter(Boolean).join(' · '),
  write: (places: number, people: number) =>
    `写入${[places > 0 && `${places}个地方`, people > 0 && `${people}个账号`].filter(Boolean).join('、')}`,
  writing: '正在写入，请稍等…',
  another: '换一个文件',
  changed: '选好以后有了变化，请再看一遍再写入。',
  written: '已全部写入',
  slipsTitle: '密码条',
  slipsHint: '每个新账号一张，上面有一次性密码。只在这里显示这一次：现在打印，裁开，当面交给本人。',
  slipsGoing: (done: number, total: number) => `正在做密码条：${done} / ${total}`,
  slipsStopped: (done: number, total: number) =>
    `停在第${done}张，共${total}张。没有网络或回答没有收到；再按一次接着做。`,
  goOn: '接着做',
  print: (n: number) => `打印${n}张密码条`,
  onScreen: '在屏幕上看',
  slipsDone: '已经打印好，完成',
  slipsLost: '没打印就离开，也可以再做一套新的：之前的那套就不能用了。一个人的，在他的页面再给。',
  slipsNobody: '没有人在等密码条：这些账号都已经用自己的密码登录过，或者已经关闭。',
  slipsListing: '正在取账号名单…',
  slipsUnlisted:
    '账号名单没有收到，密码条还没有做。请联网后再试一次；也可以以后在“以前写入的”里做。',
  slipsAgain: '再试一次',
  slipsLeave: '完成',
  slip: {
    heading: '一次性密码',
    name: '姓名',
    place: '负责',
    login: '账号',
    password: '一次性密码',
    until: '有效到',
    address: '网址',
    steps: [
      '用手机或平板的浏览器打开上面的网址。',
      '填账号和一次性密码，点“登录”。',
      '按提示设自己的新密码，再设6位解锁密码。这张纸随后请销毁。',
    ],
  },
  past: '以前写入的',
  pastNone: '还没有用表格写入过。',
  pastLine: (who: string, when: string) => [who, when].filter(Boolean).join(' · '),
  takenBack: (when: string) => `${when} 已收回`,
  takeBack: '整批收回',
  takeBackAsk: '收回后，这一批的地方和账号都没有了，账号名可以再用。',
  takeBackYes: '确定收回',
  tookBack: '已整批收回',
  makeSlips: (n: number) => `给还没登录的${n}人做密码条`,
  makeSlipsAsk: (n: number) =>
    `会给这${n}人各做一个新的一次性密码。以前打印的密码条马上就不能用了，已经发到手里的也一样。`,
  makeSlipsYes: '确定做新的',
  standing: {
    record: (name: string) => `不能整批收回：“${name}”里已经有登记了。请一个一个改或关闭。`,
    place: (name: string) => `不能整批收回：“${name}”下面后来又加了地方。`,
    person: (name: string) => `不能整批收回：“${name}”后来又安排了别的人。`,
    'signed-in': (name: string) => `不能整批收回：${name}已经登录过了。`,
  },
  row: (sheet: string, row: number) => `“${sheet}”第${row}行`,
  field: {
    kind: '种类',
    name: '名称或姓名',
    parent: '上级',
    code: '区划代码',
    login: '账号',
    role: '角色',
    places: '负责的地方',
  } satisfies Record<LineField, string>,
  problem: {
    missing: (field: string) => `没有填“${field}”。`,
    'missing-parent': (kind: string) => `没有填“上级”：${kind}要写清在哪里下面。`,
    'too-long': (field: string, most: number) => `“${field}”太长，最多${most}个字。`,
    formula: (field: string) => `“${field}”里是公式，请改成文字。`,
    'unknown-kind': (text: string) =>
      `没有“${text}”这个种类。可以填：社区、行政村、股份经济合作社、网格、微网格、承办单位。`,
    'unknown-role': (text: string) =>
      `没有“${text}”这个角色。可以填：网格员、社区工作人员、街道管理员、部门经办、审计。`,
    'unknown-place': (text: string) => `找不到“${text}”：表里没有这个地方，登记里也没有。`,
    'code-wrong': (text: string) => `区划代码“${text}”不对：是12位数字，不知道就不填。`,
    'code-twice': (other: string) => `区划代码和${other}一样。`,
    'code-taken': (text: string) => `区划代码已经是“${text}”的了。`,
    many: (text: string, n: number) =>
      `叫“${text}”的有${n}处。请把上级也写上，如：样例社区/${text}。`,
    misplaced: (kind: string, above: string, text: string) =>
      `${kind}不能放在${above}（${text}）下面。`,
    loop: (other: string) => `上级绕回了自己：看${other}。`,
    twice: (other: string) => `和${other}是同一个地方，请删去一行。`,
    'other-kind': (text: string, kind: string) => `已经有“${text}”了，是${kind}。`,
    'above-wrong': (text: string, other: string) => `“${text}”那一行有问题，先改${other}。`,
    'login-wrong': (text: string) =>
      `账号“${text}”不行：只能用小写字母和数字，中间可以有点和横线，最多32个。`,
    'login-twice': (other: string) => `账号和${other}一样。`,
    'login-taken': (text: string) => `账号“${text}”已经有人用了，请换一个。`,
    misfit: (role: string, kind: string, text: string) =>
      `${role}不能负责${kind}“${text}”：网格员负责网格，社区工作人员负责社区或村，部门经办负责承办单位。`,
    'not-yours': (what: string) => `${what}由上级来建，您不能建。`,
  },
  thisOne: '这样的地方或账号',
  otherRow: '另一行',
  file: '地方和人-空白表格',
  placesSheet: '地方',
  peopleSheet: '人员',
  placesExample: '填写示例-地方',
  peopleExample: '填写示例-人员',
  abovePlaces: [
    '地方：一行一个，先后不限',
    '种类在格子里选。上级写它在哪里下面；社区、村和街道的承办单位不用写。几处同名的网格，连社区一起写，如：样例社区/第一网格。区划代码12位，不公开就不填。',
  ],
  abovePeople: [
    '人员：一行一个账号',
    '账号用小写字母和数字，登录时用，以后不能改。角色在格子里选。负责的地方可以写几处，用；隔开；街道管理员和审计不用写。',
  ],
  examplePlaces: [
    ['社区', '样例社区', '', '330111001099'],
    ['网格', '第一网格', '样例社区', ''],
    ['微网格', '样例苑东区', '样例社区/第一网格', ''],
    ['行政村', '样例村', '', ''],
    ['网格', '第一网格', '样例村', ''],
    ['承办单位', '样例城管中队', '', ''],
  ],
  examplePeople: [
    ['样例甲', 'yangli.jia', '网格员', '样例社区/第一网格'],
    ['样例乙', 'yangli.yi', '网格员', '样例村/第一网格；样例苑东区'],
    ['样例丙', 'yangli.bing', '社区工作人员', '样例社区'],
    ['样例丁', 'yangli.ding', '部门经办', '样例城管中队'],
  ],
}

export type PlaceBookWords = typeof placeBookZh

export function usePlaceBookWords(): PlaceBookWords {
  return useScreenWords<PlaceBookWords>({ 'zh-CN': placeBookZh, en: placeBookEn })
}
