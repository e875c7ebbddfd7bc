/** Words of the first start: an empty office gets its subdistrict and its first administrator. */
import { useScreenWords } from './use-words.ts'

export const setupWords = {
  'zh-CN': {
    lead: '第一次启动：建立街道和第一位管理员',
    place: '街道',
    name: '街道（或镇、乡）名称',
    code: '区划代码',
    codeHint: '9位或12位数字；不知道可以空着，以后再填。',
    codeWrong: '区划代码应是9位或12位数字。',
    sample: '先放入内置的56个社区和村（富春街道）',
    sampleHint: '只在试用或正是富春街道时打开；别的街道以后自己建。',
    admin: '第一位管理员',
    person: '姓名',
    login: '账号',
    loginHint: '小写字母、数字、点或短横，例如zhang.wei',
    loginWrong: '账号只能用小写字母、数字、点和短横，首尾是字母或数字，最多32个。',
    password: '密码',
    passwordHint: '至少8位，不要连号，不要和账号、姓名或街道名一样。',
    go: '建立',
    weak: '这个密码太容易猜到，请换一个更长的。',
    wrongAddress: '这个地址不对或已经用过。请看启动时最后打印的地址，或重新启动后再看。',
    gone: '这里已经有账号了，不能再建立。请直接登录；没有账号的找管理员。',
    done: (login: string) => `已建好。请用账号 ${login} 和刚才的密码登录。`,
    next: '登录后先到「管理 → 地方」建社区、网格和人员，再到「导入」放入花名册。',
    signIn: '去登录',
    waiting: '这里还没有账号。请打开启动服务器时打印的那个地址，建立街道和第一位管理员。',
  },
  en: {
    lead: 'First start: make the subdistrict and its first administrator',
    place: 'Subdistrict',
    name: 'Name of the subdistrict or town',
    code: 'Division code',
    codeHint: '9 or 12 digits; leave it empty where you do not know it.',
    codeWrong: 'The division code has 9 or 12 digits.',
    sample: 'Begin with the 56 built-in communities and villages (富春街道)',
    sampleHint: 'For a trial, or where this is 富春街道. Others make their own later.',
    admin: 'First administrator',
    person: 'Name',
    login: 'Account',
    loginHint: 'Small letters, digits, dots and hyphens, such as zhang.wei',
    loginWrong:
      'Small letters, digits, dots and hyphens alone, a letter or digit at both ends, at most 32.',
    password: 'Password',
    passwordHint: 'At least 8 characters; no run; not the account, the name or the subdistrict.',
    go: 'Make it',
    weak: 'This password is easy to guess. Please choose a longer one.',
    wrongAddress:
      'This address is wrong or was used already. Look at the one that the start printed last, or start again.',
    gone: 'There are accounts here already, so nothing is made. Sign in, or ask an administrator.',
    done: (login: string) =>
      `It is made. Sign in with the account ${login} and the password you chose.`,
    next: 'Then make communities, grids and people under Manage → Places, and bring in a roster under Import.',
    signIn: 'Go to sign-in',
    waiting:
      'Nobody has an account here yet. Open the address that the server printed when it started.',
  },
}

export const useSetupWords = () => useScreenWords(setupWords)
