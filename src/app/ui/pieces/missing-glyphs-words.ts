import { useScreenWords } from '#app/ui/words/use-words.ts'

const missingGlyphsWords = {
  'zh-CN': {
    missing: (codes: string) =>
      `这台设备没有这个字的字形，可能显示成方框：${codes}。资料没有错，可以照常登记、导出。`,
  },
  en: {
    missing: (codes: string) =>
      `This device has no glyph for ${codes} and may draw a box. The record is right: register and export as usual.`,
  },
}

export const useMissingGlyphsWords = () => useScreenWords(missingGlyphsWords)
