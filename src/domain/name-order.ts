/** Names in the order of their pinyin, as a telephone list has them. */

/**
 * Surnames that are read otherwise than the character alone, each before one that is always read that way: the collation
 * knows characters, not surnames.
 */
const readAs = new Map(
  [
    '单善', // shan, not dan
    '解谢', // xie, not jie
    '仇求', // qiu, not chou
    '查渣', // zha, not cha
    '曾增', // zeng, not ceng
    '区欧', // ou, not qu
    '朴瓢', // piao, not pu
    '任人', // ren in the second tone
    '华化', // hua in the fourth
    '召绍', // shao, not zhao
    '缪妙', // miao, not mou
    '翟宅', // zhai, not di
    '员运', // yun, not yuan
    '秘必', // bi, not mi
    '折舌', // she, not zhe
    '黑贺', // he, not hei
    '种虫', // chong, not zhong
  ].map((pair): [string, string] => [pair.charAt(0), pair.charAt(1)]),
)

/** 单 before 沈 (shan, shen), 仇 after 钱 (qiu). Numbers in a text count as numbers: 3幢 before 12幢. */
export function createPinyinOrder(): (a: string, b: string) => number {
  const { compare } = new Intl.Collator('zh-u-co-pinyin', { numeric: true })
  return (a, b) => compare(spoken(a), spoken(b)) || (a === b ? 0 : a < b ? -1 : 1)
}

function spoken(name: string): string {
  const surname = readAs.get(name.charAt(0))
  return surname === undefined ? name : surname + name.slice(1)
}
