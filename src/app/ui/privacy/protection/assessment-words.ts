/** Words of the impact assessments: what is on record, what no assessment covers, and the form of a new one. */
import type { AssessedCase } from '#domain/assessment.ts'
import { useScreenWords } from '#app/ui/words/use-words.ts'

const zhCN = {
  title: '影响评估',
  hint: '个人信息保护法第55、56条：事前评估，报告和处理记录至少保存三年。这里记下评估过、谁签的、是哪个文件；文件由本单位保存，应用里没有。记下后不能改、不能删。',
  none: '还没有登记影响评估。',
  missing: (cases: string) => `没有评估覆盖：${cases}。`,
  schemeMissing: (version: number) => `正在用的五色规则第${version}版，没有评估覆盖。`,
  all: (version: number) => `列出的各种情形都有评估，五色规则第${version}版也有。`,
  case: {
    sensitive: '处理敏感信息',
    automated: '由规则给出颜色（自动化决策）',
    entrusted: '委托别人处理',
    provision: '向别的单位提供',
    minors: '处理未成年人信息',
  } as Readonly<Record<AssessedCase, string>>,
  ofScheme: (version: number) => `五色规则第${version}版`,
  signed: (name: string, day: string) => `${name} ${day}签`,
  keptUntil: (day: string) => `至少保存到 ${day}`,
  file: (name: string) => `文件：${name}`,
  hash: 'SHA-256',
  add: '登记影响评估',
  version: '编号或版本',
  versionHint: '本单位自己的编号，如2026-1',
  on: '签的日期',
  signedBy: '谁签的',
  choose: '选评估报告的文件',
  chooseAgain: '换一个文件',
  chooseHint: '只读文件来算指纹（SHA-256），文件不会存进应用，也不会发出去。',
  unreadable: '这个文件读不了，请换一个（最大200 MB）。',
  cases: '评估了哪些情形',
  automatedHint: (version: number) => `指正在用的五色规则第${version}版。改了规则要重新评估。`,
  save: '登记',
  missingField: '请填写',
  noFile: '请选文件',
  noCase: '至少选一种',
  future: '不能晚于今天',
  onlyAdmin: '影响评估由街道管理员登记。',
}

const en: typeof zhCN = {
  title: 'Impact assessments',
  hint: 'Articles 55 and 56 (PIPL): assessed before it starts, the paper kept for three years at least. On record here: that it was made, who signed, which file. The file stays with the office and is not in the app. Nothing of it is changed or removed.',
  none: 'No assessment is on record yet.',
  missing: (cases) => `No assessment covers: ${cases}.`,
  schemeMissing: (version) =>
    `No assessment covers version ${version} of the colour rules, which is in force.`,
  all: (version) => `Each listed case is assessed, and so is version ${version} of the rules.`,
  case: {
    sensitive: 'Sensitive data',
    automated: 'Colours by rules (automated decisions)',
    entrusted: 'An entrusted party',
    provision: 'Provision to other offices',
    minors: 'Data of minors',
  },
  ofScheme: (version) => `version ${version} of the colour rules`,
  signed: (name, day) => `signed by ${name}, ${day}`,
  keptUntil: (day) => `to be kept until ${day} at least`,
  file: (name) => `File: ${name}`,
  hash: 'SHA-256',
  add: 'Put an assessment on record',
  version: 'Number or version',
  versionHint: 'The office’s own, such as 2026-1',
  on: 'Signed on',
  signedBy: 'Signed by',
  choose: 'Choose the file of the assessment',
  chooseAgain: 'Choose another file',
  chooseHint:
    'It is read for its fingerprint (SHA-256) alone; it is neither stored in the app nor sent.',
  unreadable: 'This file cannot be read; choose another one (200 MB at most).',
  cases: 'What was assessed',
  automatedHint: (version) =>
    `Of version ${version} of the rules, which is in force. Changed rules are assessed anew.`,
  save: 'Put on record',
  missingField: 'Please fill in',
  noFile: 'Choose the file',
  noCase: 'Choose one at least',
  future: 'Not later than today',
  onlyAdmin: 'The subdistrict administrator puts assessments on record.',
}

export const useAssessmentWords = () => useScreenWords({ 'zh-CN': zhCN, en })
