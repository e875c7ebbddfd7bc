/** Words of the office’s page of devices. */
import { useScreenWords } from './use-words.ts'

export const devicesWords = {
  'zh-CN': {
    title: '设备',
    onlySilent: (count: number) => `三天没同步 ${count}`,
    open: '本单位的设备',
    openHint: '看每台设备何时同步、还有多少没发，丢失时停用，导入没发出去的工作。',
    needsNetwork: '这一页要联网才能看。',
    loading: '正在读取设备…',
    again: '再试一次',
    none: '还没有设备登录过',
    noneHint: '网格员第一次登录后，他的设备会出现在这里。',
    lastSeen: (when: string) => `上次同步 ${when}`,
    version: (version: string) => `版本 ${version}`,
    waiting: (count: number, since: string) => `还有${count}条没发，最早 ${since}`,
    refused: (count: number) => `${count}条要处理`,
    allSent: '全部已收到',
    noReport: '还没有报告过',
    clockOff: (minutes: number) => `时钟差${minutes}分钟`,
    storage: (used: string, quota: string) => `占用 ${used} / ${quota}`,
    notPersisted: '浏览器可能清理数据',
    revoked: '已停用',
    own: '这台设备',
    revoke: '停用这台设备',
    revokeBrief: '停用',
    columns: {
      who: '谁',
      device: '设备',
      seen: '上次同步',
      waiting: '没发',
      refused: '要处理',
      storage: '占用',
      note: '说明',
    },
    revokeAsk: (name: string) => `停用后，${name} 的这台设备再也打不开，里面的资料都看不到。`,
    revokeLost: (count: number) =>
      `注意：上次同步时它还有${count}条没发出去，之后可能更多。停用后这些永远拿不回来。能拿到设备的话，先让它联网或导出文件。`,
    revokeMaybeLost:
      '上次同步后它可能还记了东西没发出去。停用后这些永远拿不回来。能拿到设备的话，先让它联网或导出文件。',
    revokeYes: '确定停用',
    bringIn: '导入没发出去的工作',
    bringInHint: '选网格员设备上导出的.wuse文件。导入两次也不会重复。',
    broughtIn: (count: number, applied: number) => `文件里有${count}条，已登记${applied}条。`,
    broughtPhotos: (count: number, arrived: number) =>
      `照片${count}张，已到${arrived}张。${arrived < count ? '没到的再导入一次。' : ''}`,
    broughtRefused: (count: number) => `${count}条没有收下，那台设备联网后会看到原因。`,
  },
  en: {
    title: 'Devices',
    onlySilent: (count: number) => `No sync for three days: ${count}`,
    open: 'Devices of this office',
    openHint:
      'When each device last synced and what it has not sent; end a lost one; bring in unsent work.',
    needsNetwork: 'This page needs a connection.',
    loading: 'Reading the devices…',
    again: 'Try again',
    none: 'No device has signed in yet',
    noneHint: 'After a grid worker signs in for the first time, the device is listed here.',
    lastSeen: (when: string) => `Last sync ${when}`,
    version: (version: string) => `Version ${version}`,
    waiting: (count: number, since: string) => `${count} not sent, the oldest from ${since}`,
    refused: (count: number) => `${count} need attention`,
    allSent: 'Everything received',
    noReport: 'Has not reported yet',
    clockOff: (minutes: number) => `Clock ${minutes} minutes off`,
    storage: (used: string, quota: string) => `Uses ${used} of ${quota}`,
    notPersisted: 'The browser may evict its data',
    revoked: 'Ended',
    own: 'This device',
    revoke: 'End this device',
    revokeBrief: 'End',
    columns: {
      who: 'Who',
      device: 'Device',
      seen: 'Last sync',
      waiting: 'Not sent',
      refused: 'Attention',
      storage: 'Uses',
      note: 'Notes',
    },
    revokeAsk: (name: string) =>
      `This device of ${name} will never open again, and nothing in it can be read.`,
    revokeLost: (count: number) =>
      `Careful: at its last sync it had ${count} not sent, and maybe more since. They are lost for ever. If you can get hold of the device, connect it or save its file first.`,
    revokeMaybeLost:
      'It may hold work from after its last sync. That is lost for ever. If you can get hold of the device, connect it or save its file first.',
    revokeYes: 'End it',
    bringIn: 'Bring in unsent work',
    bringInHint:
      'Choose the .wuse file saved on a worker’s device. Bringing it in twice changes nothing.',
    broughtIn: (count: number, applied: number) =>
      `The file holds ${count}, ${applied} are in the register.`,
    broughtPhotos: (count: number, arrived: number) =>
      `${arrived} of ${count} photographs arrived.${arrived < count ? ' Bring the file in once more for the others.' : ''}`,
    broughtRefused: (count: number) =>
      `${count} were not accepted; the device shows the reasons when it is connected.`,
  },
}

export const useDevicesWords = () => useScreenWords(devicesWords)
