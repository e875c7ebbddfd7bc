/** Words of choosing and typing a passphrase, and of the passkey beside it. */
import { useScreenWords } from '#app/ui/words/use-words.ts'

export const passphraseWords = {
  'zh-CN': {
    choose: '设一个口令',
    why: '您能看到的不止一个网格。设备丢了，6位数字挡不住会拷贝存储的人，所以每天第一次打开要输口令。',
    whyOutgrown:
      '您现在能看到的不止一个网格，6位数字不够安全了。设好口令就继续，没发出去的工作都在；原来的6位数字在当班时间里照样能解锁。',
    label: '口令',
    repeat: '再输一次口令',
    hint: '至少10个字，四个不相干的词最好记。不要用姓名、电话、账号和常用语。',
    strength: {
      'too-short': '还太短：至少10个字。',
      'too-easy': '太容易猜：换掉常用词、连号或重复的部分。',
      enough: '够用：拷走存储的人要试上很多年。再长一点更好。',
      strong: '很好：实验室也试不出来。',
    },
    differ: '两次输的不一样，请重新输。',
    go: '用这个口令',
    busy: '正在加密…',
    unlock: '输入口令',
    unlockHint: '输过一次后，14小时内锁屏只要6位数字；关掉应用或重启后再输口令。',
    open: '打开',
    opening: '正在打开…',
    wrong: (left: number) => `口令不对，还可以试${left}次。`,
    forgot: '忘了口令',
    forgotHint: '连网用账号密码登录，再设一个新的。没发出去的工作不会丢。',
    byPasskey: '用指纹、面容或锁屏密码打开',
    byPin: '改用6位数字',
    show: '显示口令',
  },
  en: {
    choose: 'Choose a passphrase',
    why: 'You see more than one grid. If the device is lost, six digits do not stop whoever can copy its storage, so the first unlocking of the day asks for a passphrase.',
    whyOutgrown:
      'You see more than one grid by now, and six digits are no longer enough. Choose a passphrase and go on: all unsent work is there, and your six digits still unlock within the shift.',
    label: 'Passphrase',
    repeat: 'The passphrase once more',
    hint: 'At least 10 characters; four unrelated words are easiest to remember. No name, telephone, account or common phrase.',
    strength: {
      'too-short': 'Still too short: at least 10 characters.',
      'too-easy': 'Too easy to guess: replace common words, runs and repetitions.',
      enough: 'Enough: whoever copied the storage would try for many years. Longer is better.',
      strong: 'Very good: not even a laboratory finds it.',
    },
    differ: 'The two are not the same. Please type them again.',
    go: 'Use this passphrase',
    busy: 'Encrypting…',
    unlock: 'Type the passphrase',
    unlockHint:
      'Afterwards six digits unlock for 14 hours; closing the app or a restart asks for the passphrase again.',
    open: 'Open',
    opening: 'Opening…',
    wrong: (left: number) => `Wrong passphrase; ${left} more ${left === 1 ? 'try' : 'tries'}.`,
    forgot: 'Forgot the passphrase',
    forgotHint:
      'Sign in with account and password online and choose another one. No unsent work is lost.',
    byPasskey: 'Open by fingerprint, face or screen lock',
    byPin: 'Use the six digits instead',
    show: 'Show the passphrase',
  },
}

export const usePassphraseWords = () => useScreenWords(passphraseWords)
