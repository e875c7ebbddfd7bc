/**
 * Whether a password is one that guessers try early: among the common and leaked ones, a pattern (a run on the keyboard,
 * a date, a repetition), or made of these. The list is a kept package (docs/decisions/0039); the server alone holds it.
 */
import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common'
import { isWeakPassword } from '#domain/password.ts'

/** What people here begin with, and the package's list from elsewhere does not rank. */
const local = [
  ...['wuse', 'wangge', 'wanggeyuan', 'shequ', 'jiedao', 'guanliyuan', 'gongdan', 'dengji'],
  ...['woaini', 'woaini1314', '1314520', '5201314', '1314', '520', '888', '666', '168', '518'],
  ...['mima', 'mima123', 'admin', 'qwe', 'abc', 'aa', 'qq', 'zhongguo', 'hangzhou', 'fuchun'],
  ...['fuyang', 'zhejiang', 'beijing', 'shanghai', 'zhang', 'wang', 'wei', 'chen', 'yang', 'huang'],
  ...['密码', '五色', '网格', '社区', '街道', '我爱你', '管理员', '登录'],
]

/** Fewer guesses than 10 to this: some months at the pace of sign-in, and a second to whoever has the hash. */
const leastLog10 = 7.5
/** The library's work grows with the length; longer ones are judged by their beginning. */
const longestJudged = 64

let judge: ZxcvbnFactory | null = null

/** `about`: words that whoever knows the person tries first, the login and the name. */
export function isGuessable(
  password: string,
  login: string,
  about: readonly string[] = [],
): boolean {
  if (isWeakPassword(password, login)) return true
  judge ??= new ZxcvbnFactory({
    dictionary: { ...dictionary, local },
    graphs: adjacencyGraphs,
    maxLength: longestJudged,
  })
  const words = [login, ...about, ...login.split(/[.-]/)].filter((word) => word.length > 1)
  return judge.check(password, words).guessesLog10 < leastLog10
}
