import { useScreenWords } from '#app/ui/words/use-words.ts'

const policyInForceWords = {
  'zh-CN': {
    owner: '（尚未填写）',
    office: '本街道和社区的办公室',
    officeContact: '请问网格员或社区办公室',
  },
  en: {
    owner: '(not named yet)',
    office: 'the offices of this subdistrict and community',
    officeContact: 'the grid worker or the community office',
  },
}

export const usePolicyInForceWords = () => useScreenWords(policyInForceWords)
