import type { Random } from './random.ts'

const surnames = [
  ...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向汤单解仇查',
  '欧阳',
  '诸葛',
]
const women = [...'秀兰英芳娟敏静丽艳霞玲桂珍凤洁梅琳素云莲真环雪荣爱妹香月莺媛燕彩春菊']
const men = [...'伟强磊军洋勇杰涛明超刚平辉健俊峰建国华志飞鹏波斌宇浩凯林生龙海山仁宁福']
const young = [...'子涵梓轩雨欣怡佳悦宸诺沐晨一铭睿泽皓思语嘉奕然可馨']

/** A plausible name of nobody in particular. */
export function makeName(random: Random, sex: '1' | '2', birthYear: number): string {
  const letters = birthYear >= 2005 ? young : sex === '1' ? men : women
  const length = random.chance(birthYear < 1995 ? 0.65 : 0.8) ? 2 : 1
  let given = ''
  while (given.length < length) {
    const letter = random.pick(letters)
    if (!given.includes(letter)) given += letter
  }
  return random.pick(surnames) + given
}

/** A child mostly bears the father's surname. */
export function childName(
  random: Random,
  parent: string,
  sex: '1' | '2',
  birthYear: number,
): string {
  const own = makeName(random, sex, birthYear)
  const surname = /^(欧阳|诸葛)/.test(parent) ? parent.slice(0, 2) : parent.slice(0, 1)
  return surname + own.replace(/^(欧阳|诸葛)|^./, '')
}
