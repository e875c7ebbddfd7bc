/** Words for an office in which nobody has worked yet: what comes next. */
import { useScreenWords } from '#app/ui/words/use-words.ts'

export const firstStepWords = {
  'zh-CN': {
    places: {
      title: '先建社区和网格',
      hint: '在「管理 → 地方」里点街道，加社区或村，再加网格和网格员。',
      go: '去建地方',
    },
    roster: {
      title: '还没有居民',
      hint: '导入花名册，房屋、住户和居民就都在这里了；没有现成的，那一页可以下载空白的。',
      go: '去导入花名册',
    },
  },
  en: {
    places: {
      title: 'Make communities and grids first',
      hint: 'Open the subdistrict under Manage → Places; add a community, then a grid and its worker.',
      go: 'Make places',
    },
    roster: {
      title: 'Nobody is registered yet',
      hint: 'Bring in a roster and dwellings, households and residents stand here. A blank one can be downloaded there.',
      go: 'Bring in a roster',
    },
  },
}

export const useFirstStepWords = () => useScreenWords(firstStepWords)
