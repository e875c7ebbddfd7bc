/** Words of the number and the follow-up code 查询码 that somebody who asked goes home with, and of finding by them. */
import { useScreenWords } from '#app/ui/words/use-words.ts'

const zhCN = {
  taken: '已记下',
  number: '诉求编号',
  code: '查询码',
  codeHint: '打电话问时报编号；凭查询码可以查办到哪一步。查询码只显示这一次，本机和办公室都不留。',
  page: (address: string) => `扫码，或打开 ${address} 输入查询码，就能看办到哪一步`,
  picture: '查询码的二维码',
  print: '打印小票',
  given: '已交给本人',
  notNeeded: '不需要',
  slipTitle: '诉求回执',
  slipKeep: '请保管好查询码，不要给别人。丢了可以请网格员或办公室当面换一个。',
  slipTaken: (moment: string) => `登记时间${moment}`,
  has: (moment: string) => `${moment}发的`,
  none: '还没有',
  give: '发一个查询码',
  another: '换一个查询码',
  anotherTitle: '换查询码',
  giveTitle: '发查询码',
  anotherHint: '先当面认出本人。换了以后，原来的查询码就不能用了，这一步记录在案。',
  recognised: '我当面认出了本人',
  recogniseFirst: '请先确认认出了本人',
  doGive: '发查询码',
  doAnother: '换查询码',
  mistyped: '查询码不对，请照小票核对：28个字母和数字，没有I、L、O、U。',
  searching: '正在查……',
  found: '找到了',
  ended: '这个查询码已经换过，不能再用。请核对本人是谁再答复。',
  notHere: '这台设备上没有这件诉求。',
  notAtOffice: '办公室也没有这件诉求：可能登记的手机还没联网，请晚些再查。',
  offline: '没有网络，只查了这台设备。联网后再查办公室的。',
}

const en: typeof zhCN = {
  taken: 'Taken',
  number: 'Number',
  code: 'Follow-up code',
  codeHint:
    'The number is for the telephone; the code shows how the request stands. The code is shown once: neither this device nor the office keeps it.',
  page: (address) => `Scan it, or open ${address} and type the code, to see how it stands`,
  picture: 'The follow-up code as a picture',
  print: 'Print a slip',
  given: 'The person has it',
  notNeeded: 'Not needed',
  slipTitle: 'Your request',
  slipKeep:
    'Keep the code to yourself. If it is lost, your grid worker or the office gives you another one in person.',
  slipTaken: (moment) => `Taken ${moment}`,
  has: (moment) => `handed out ${moment}`,
  none: 'none yet',
  give: 'Give one',
  another: 'Replace it',
  anotherTitle: 'Another follow-up code',
  giveTitle: 'A follow-up code',
  anotherHint: 'Recognise the person first. The code before ends with it, and this is on record.',
  recognised: 'I recognised the person face to face',
  recogniseFirst: 'Please confirm that you recognised the person',
  doGive: 'Hand it out',
  doAnother: 'Hand out another',
  mistyped: 'The code is not right: 28 letters and digits as on the slip, without I, L, O, U.',
  searching: 'Looking …',
  found: 'Found',
  ended: 'This code was replaced and opens nothing. Find out who is asking before you answer.',
  notHere: 'This device does not have that request.',
  notAtOffice:
    'Nor does the office: the phone that took it may have no connection yet. Please try later.',
  offline: 'No connection: only this device was searched. Search the office once online.',
}

export const codeWords = { 'zh-CN': zhCN, en }
export const useCodeWords = () => useScreenWords(codeWords)
