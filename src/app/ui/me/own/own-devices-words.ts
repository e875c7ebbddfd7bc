/** Words of one's own devices, and of the passkey of the one in hand. */
import { useScreenWords } from '#app/ui/words/use-words.ts'

export const ownDevicesWords = {
  'zh-CN': {
    open: '我的设备',
    hint: '您用这个账号登录过的设备。不是您的、丢了的，在这里停用，并告诉办公室。',
    here: '这台设备',
    end: '停用',
    endAsk: '停用后，那台设备再也打不开。',
    endYes: '确定停用',
    leave: '在这台设备上退出登录',
    leaveAsk: '退出后，再同步要输登录密码。解锁密码不变，没发出去的工作都留在本机。',
    leaveYes: '确定退出登录',
    keep: '不了',
    passkey: '用指纹、面容或锁屏密码打开',
    passkeyHint:
      '省去每天第一次输口令。口令照样能用；指纹坏了、换了手机，输口令就行。几个人合用的设备不要加。',
    passkeyOn: '已经加上了。',
    add: '加上',
    remove: '去掉',
    passphrase: '先输一次口令',
    added: '加好了。',
    wrong: '口令不对。',
    none: '这台设备或浏览器不支持，或者刚才没有确认。',
  },
  en: {
    open: 'My devices',
    hint: 'Devices on which this account signed in. End one that is lost or not yours, and tell the office.',
    here: 'This device',
    end: 'End it',
    endAsk: 'That device will never open again.',
    endYes: 'Yes, end it',
    leave: 'Sign out on this device',
    leaveAsk:
      'Afterwards syncing asks for your password. How you unlock stays, and all unsent work stays on this device.',
    leaveYes: 'Yes, sign out',
    keep: 'No',
    passkey: 'Open by fingerprint, face or screen lock',
    passkeyHint:
      'Spares typing the passphrase first thing each day. The passphrase opens as ever, also when the reader breaks or the phone is another one. Do not add it on a shared device.',
    passkeyOn: 'It is added.',
    add: 'Add it',
    remove: 'Remove it',
    passphrase: 'The passphrase once more',
    added: 'Added.',
    wrong: 'Wrong passphrase.',
    none: 'This device or browser cannot, or it was not confirmed.',
  },
}

export const useOwnDevicesWords = () => useScreenWords(ownDevicesWords)
