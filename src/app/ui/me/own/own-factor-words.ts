/** Words of one's own second factor. */
import { useScreenWords } from '#app/ui/words/use-words.ts'

const zhCN = {
  title: '两步登录',
  hint: '登录时除了密码，再填手机验证器显示的6位数字；别人猜到密码也登不进来。要连网才能改。平时解锁不用填。',
  off: '还没有设置。',
  required: '本街道规定您的账号要设置，下次登录时会要求。',
  begin: '开始设置',
  confirm: '完成设置',
  on: (left: number) => `已设置，还有${left}个备用码。`,
  renew: '换一批备用码',
  end: '停用两步登录',
  mustStay: '本街道规定您的账号不能停用。手机换了，请管理员重设。',
}
const en: typeof zhCN = {
  title: 'Two-step sign-in',
  hint: 'Beside the password, sign-in asks for six digits of an authenticator on your telephone: a guessed password then opens nothing. Needs a connection to change. Unlocking does not ask for it.',
  off: 'Not set up yet.',
  required: 'Your office asks it of your account; the next sign-in will.',
  begin: 'Set it up',
  confirm: 'Done',
  on: (left) => `Set up; ${left} recovery codes are left.`,
  renew: 'New recovery codes',
  end: 'End two-step sign-in',
  mustStay:
    'Your office does not let your account end it. With a new telephone, an administrator resets it.',
}
export const ownFactorWords = { 'zh-CN': zhCN, en }

export const useOwnFactorWords = () => useScreenWords(ownFactorWords)
