import { useScreenWords } from '#app/ui/words/use-words.ts'

const holidaysWords = {
  'zh-CN': {
    due: (year: number) =>
      `还没有填${year}年的放假安排。国务院办公厅公布以后请填上：没填之前，那一年的期限只按周末算。`,
    go: '去填工作日历',
  },
  en: {
    due: (year: number) =>
      `The holidays of ${year} are not in the calendar. Enter them once they are announced: until then dues of that year count weekends alone.`,
    go: 'Open the calendar',
  },
}

export const useHolidaysWords = () => useScreenWords(holidaysWords)
