import { useScreenWords } from '#app/ui/words/use-words.ts'

const newPasswordWords = {
  'zh-CN': { label: '新密码', hint: '至少8位，不要连号，不要和账号一样。' },
  en: { label: 'New password', hint: 'At least 8 characters, no run, not the account name.' },
}

export const useNewPasswordWords = () => useScreenWords(newPasswordWords)
