/** Surnames that are more than one character, or are read otherwise than their characters: one list for search, order and masks. */

/**
 * Each surname with the reading that names begin with, and characters that are always read so: the collation of a language
 * knows characters, not surnames.
 */
const readings: readonly (readonly [surname: string, reading: string, standIn: string])[] = [
  ['单', 'shan', '善'],
  ['解', 'xie', '谢'],
  ['仇', 'qiu', '求'],
  ['查', 'zha', '渣'],
  ['曾', 'zeng', '增'],
  ['区', 'ou', '欧'],
  ['朴', 'piao', '瓢'],
  ['任', 'ren', '人'],
  ['华', 'hua', '化'],
  ['召', 'shao', '绍'],
  ['缪', 'miao', '妙'],
  ['翟', 'zhai', '宅'],
  ['员', 'yun', '运'],
  ['秘', 'bi', '必'],
  ['折', 'she', '舌'],
  ['黑', 'he', '贺'],
  ['种', 'chong', '虫'],
  ['盖', 'ge', '个'],
  ['乐', 'yue', '月'],
  ['覃', 'qin', '琴'],
  ['冼', 'xian', '显'],
  ['洗', 'xian', '显'],
  ['尹', 'yin', '引'],
  ['牟', 'mu', '木'],
  ['逄', 'pang', '旁'],
  ['纪', 'ji', '几'],
  ['那', 'na', '娜'],
  ['宁', 'ning', '凝'],
  ['晟', 'cheng', '成'],
  ['适', 'kuo', '扩'],
  ['繁', 'po', '婆'],
  ['令狐', 'linghu', '灵胡'],
  ['尉迟', 'yuchi', '玉池'],
  ['万俟', 'moqi', '末其'],
  ['澹台', 'tantai', '谈台'],
  ['单于', 'chanyu', '缠于'],
  ['长孙', 'zhangsun', '掌孙'],
  ['宰父', 'zaifu', '宰甫'],
  ['夏侯', 'xiahou', '夏后'],
]

/** Those of two characters; an ending of one is no surname of two: 司马 is, 马 after 司 is part of it. */
const doubles =
  '欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 长孙 宇文 司徒 夏侯 端木 南宫 万俟 澹台 公冶 宗政 濮阳 淳于 单于 太叔 申屠 仲孙 ' +
  '轩辕 钟离 闻人 东郭 南门 呼延 百里 东野 赫连 拓跋 独孤 司空 司寇 亓官 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 西门 第五 公羊 鲜于 闾丘 梁丘 左丘 微生 羊舌'
const doubleSurnames = new Set(doubles.split(' '))

const bySurname = new Map(
  readings.map(([surname, reading, standIn]) => [surname, { reading, standIn }]),
)

/** Characters of the surname: two for the double surnames of a name of three and more, else one. */
export function surnameLength(name: string): number {
  return name.length > 2 && doubleSurnames.has(name.slice(0, 2)) ? 2 : 1
}

/** How names begin that have this surname, where the characters alone do not tell; null of all others. */
export function surnameReading(surname: string): string | null {
  return bySurname.get(surname)?.reading ?? null
}

/** The name as it sounds, with characters in place of the surname that are always read so: for the order of a list. */
export function soundOf(name: string): string {
  const double = surnameLength(name) === 2 ? bySurname.get(name.slice(0, 2)) : undefined
  if (double) return double.standIn + name.slice(2)
  const single = bySurname.get(name.charAt(0))
  // 单于 and 令狐 are read as one; a double surname without an entry is read by its characters.
  return single && surnameLength(name) === 1 ? single.standIn + name.slice(1) : name
}
