/** Words of places and people that come in one workbook: what to fill in, what each row makes or why it makes nothing. */
import { useScreenWords } from '#app/ui/words/use-words.ts'
import { placeBookEn } from './place-book-en.ts'
import { placeBookZh, type PlaceBookWords } from './place-book-zh.ts'

export const usePlaceBookWords = () =>
  useScreenWords<PlaceBookWords>({ 'zh-CN': placeBookZh, en: placeBookEn })
