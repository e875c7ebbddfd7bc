/** Words of the table's print. */
import { useScreenWords } from '#app/ui/words/use-words.ts'

export const paperWords = {
  'zh-CN': {
    print: '打印',
    title: '打印表格',
    heading: (sheet: string, register: string) => `${sheet}${register}`,
    orientation: '纸张方向（A4）',
    orientations: { landscape: '横向', portrait: '纵向' },
    fits: (count: number) => `${count}列都放得下，每页都有表头。`,
    left: (columns: readonly string[]) =>
      `这个方向放不下：${columns.join('、')}。可以换方向，或在“列”里少选几列、调整顺序。`,
    rows: '印什么',
    rowKinds: { people: '名单和每组的数', counts: '只印每组的数' },
    tooMany: (most: number) => `一次最多打印${most}行。请先筛选，或导出成文件。`,
    logged: '打印和导出一样会留下记录：谁、什么表、多少行、什么用途、交给谁、什么时候。',
    do: '打印',
    by: (name: string, day: string) => `${day} 由 ${name} 打印`,
    purpose: (purpose: string) => `用途：${purpose}`,
    filter: (filter: string) => `筛选：${filter}`,
    masked: '姓名和号码已遮挡',
    open: '含个人信息，请妥善保管，用完销毁',
    count: '数量',
  },
  en: {
    print: 'Print',
    title: 'Print the table',
    heading: (sheet: string, register: string) => `${register}: ${sheet.toLowerCase()}`,
    orientation: 'Paper (A4)',
    orientations: { landscape: 'Landscape', portrait: 'Portrait' },
    fits: (count: number) => `All ${count} columns fit; each page has the header.`,
    left: (columns: readonly string[]) =>
      `No room this way for: ${columns.join(', ')}. Turn the paper, or take fewer columns or another order under “Columns”.`,
    rows: 'What is printed',
    rowKinds: { people: 'The rows and the counts', counts: 'The counts alone' },
    tooMany: (most: number) =>
      `At most ${most} rows are printed at once. Filter first, or export a file.`,
    logged:
      'A print is logged as an export is: who, which table, how many rows, what for, to whom, when.',
    do: 'Print',
    by: (name: string, day: string) => `Printed ${day} by ${name}`,
    purpose: (purpose: string) => `For: ${purpose}`,
    filter: (filter: string) => `Filter: ${filter}`,
    masked: 'names and numbers masked',
    open: 'contains personal data: keep it safe, then destroy it',
    count: 'Count',
  },
}

export const usePaperWords = () => useScreenWords(paperWords)
