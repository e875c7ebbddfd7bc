import { useScreenWords } from '#app/ui/words/use-words.ts'

const withheldWords = {
  'zh-CN': {
    title: '未成年人资料',
    why: '这是未成年人的资料。办公室批准以前，不显示，也不导出。',
    ask: '请社区办公室批准（个人信息 › 未成年人）。监护人和联系人的电话不受限制。',
    self: '自己不能批准自己：请另一位同事批准。',
    open: '未成年人资料的批准',
  },
  en: {
    title: 'Data of a minor',
    why: 'These are the data of a minor: neither shown nor exported before the office approves.',
    ask: 'Ask the community office (Protection › Minors). The telephones of guardian and contact are not withheld.',
    self: 'Nobody approves for themself: a colleague has to.',
    open: 'Approvals for minors',
  },
}

export const useWithheldWords = () => useScreenWords(withheldWords)
