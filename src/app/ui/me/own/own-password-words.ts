/** Words of changing one's own password. */
import { useScreenWords } from '#app/ui/words/use-words.ts'

export const ownPasswordWords = {
  'zh-CN': {
    change: '修改登录密码',
    hint: '要连网才能改。解锁密码不变，没发出去的工作都在；其他设备会要您用新密码登录。',
    before: '现在的密码',
    done: '密码已改好。',
  },
  en: {
    change: 'Change the password',
    hint: 'Needs a connection. Your PIN and unsent work stay; your other devices will ask for the new password.',
    before: 'Present password',
    done: 'The password was changed.',
  },
}

export const useOwnPasswordWords = () => useScreenWords(ownPasswordWords)
