import { useScreenWords } from '#app/ui/words/use-words.ts'

const consentFieldWords = {
  'zh-CN': {
    agreed: (names: string) => `本人同意登记：${names}`,
    hint: '这些凭本人同意登记。先说清用途，本人同意了再打开。',
  },
  en: {
    agreed: (names: string) => `The person agrees to record: ${names}`,
    hint: 'These rest on consent. Say what they are for; switch it on when the person agrees.',
  },
}

export const useConsentFieldWords = () => useScreenWords(consentFieldWords)
