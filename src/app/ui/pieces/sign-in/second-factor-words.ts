import { useScreenWords } from '#app/ui/words/use-words.ts'

const zhCN = {
  code: '验证码',
  codeHint: '打开手机上的验证器，填它显示的6位数字。手机不在身边时，填一个备用码。',
  setTitle: '设置两步登录',
  setHint: '用手机上的验证器（任何一种都行）扫这个图，再填它显示的6位数字。这个图只显示这一次。',
  picture: '验证器要扫的图',
  byHand: '扫不了？在验证器里手工输入这串字符：',
  codesTitle: '请把备用码抄在纸上',
  codesHint: '手机丢了，每个备用码可以代替验证码登录一次。这些码只显示这一次，不要存在本机。',
  codesSeen: '已经抄好',
}
const en: typeof zhCN = {
  code: 'Code',
  codeHint:
    'Six digits from the authenticator on your telephone; without it, one of your recovery codes.',
  setTitle: 'Set up two-step sign-in',
  setHint:
    'Read this picture with an authenticator of any kind on your telephone, then type the six digits that it shows. The picture is shown once.',
  picture: 'The picture for an authenticator',
  byHand: 'It cannot be read? Type these letters into the authenticator:',
  codesTitle: 'Please write these recovery codes on paper',
  codesHint:
    'Where the telephone is lost, each opens once in the place of a code. They are shown once; keep them off this device.',
  codesSeen: 'They are written down',
}

export const useSecondFactorWords = () => useScreenWords({ 'zh-CN': zhCN, en })
