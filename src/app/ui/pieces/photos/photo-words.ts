/** Words of photographs, wherever they are taken or shown. */
import type { JpegProblem } from '#domain/jpeg.ts'
import type { PhotoRefusal } from '#domain/photo.ts'
import type { Opened, TakeProblem } from '#app/acts/photos.ts'
import { useScreenWords } from '#app/ui/words/use-words.ts'

type NoPicture = Extract<Opened, { ok: false }>['problem']

const refusedZh: Record<Exclude<JpegProblem, 'metadata' | 'tail'>, string> = {
  'not-jpeg': '文件不是照片',
  cut: '文件不完整',
  unsupported: '照片格式不支持',
  'too-many-pixels': '照片太大',
  'wrong-shape': '文件内容和照片不符',
}
const refusedEn: typeof refusedZh = {
  'not-jpeg': 'the file is no photograph',
  cut: 'the file is cut short',
  unsupported: 'its format is not supported',
  'too-many-pixels': 'it is too large',
  'wrong-shape': 'the file is not what it says',
}

const zhCN = {
  title: '照片',
  optional: '可以不拍',
  take: '拍照',
  choose: '从相册选',
  busy: '正在处理照片…',
  nth: (n: number) => `第${n}张照片`,
  kept: (n: number) => `已存${n}张照片到本机`,
  hint: '拍到脸、车牌或门牌上的名字，先遮住再保存。',
  show: '查看',
  cover: '遮住脸、车牌',
  coverHint: '用手指涂黑要遮住的地方。保存后，涂黑的地方谁也看不到。',
  coverAgain: '重新涂',
  coverSave: '用这张',
  drop: '删掉这张',
  close: '关闭',
  near: (percent: number) => `没发出去的照片已占${percent}%，请尽快联网发送。`,
  full: '没发出去的照片已存满，先联网发送再拍。文字照常保存。',
  problem: {
    'not-a-picture': '这个文件不是照片。文字照常保存。',
    heic: '这台手机读不了HEIC格式。请在相机设置里选“兼容性最好”再拍。文字照常保存。',
    'too-many-pixels': '照片尺寸太大，请在相机里选小一点的尺寸。文字照常保存。',
    'too-large': '文件太大，请重拍一张。文字照常保存。',
    cut: '照片文件不完整，请重拍。文字照常保存。',
    unreadable: '照片打不开，请重拍。文字照常保存。',
    blank: '照片是一片单色，请重拍。文字照常保存。',
    full: '没发出去的照片已存满，先联网发送再拍。文字照常保存。',
    'too-many': '一次最多9张照片。',
    'disk-full': '本机存储已满，照片没有存下。文字照常保存。',
    storage: '照片没能存到本机，请再试一次。文字照常保存。',
    locked: '已锁定，照片没有存下。',
  } satisfies Record<TakeProblem, string>,
  state: {
    'on-way': '在路上',
    here: '还在本机，等联网发送',
    arrived: '已到',
    refused: (why: string) => `没有收下：${why}`,
  },
  refused: {
    ...refusedZh,
    metadata: '照片里带有位置或相机信息',
    tail: '照片后面带有别的内容',
    damaged: '照片在路上损坏了',
  } satisfies Record<PhotoRefusal, string>,
  onWay: (n: number) => `${n}张在路上`,
  deviceOnWay: (n: number) => `还有${n}张照片在路上，联网后自动发送。文字不等照片。`,
  opening: '正在打开照片…',
  noPicture: {
    offline: '没有网络，原图打不开。先看小图。',
    'not-here': '原图还没有到。先看小图。',
    damaged: '原图损坏了，打不开。',
  } satisfies Record<NoPicture, string>,
  takenAt: (moment: string) => `${moment} 拍摄`,
  by: (name: string) => `${name} 拍摄`,
  remove: '去掉这张照片',
  removeHint: '原图没有到，也许到不了。去掉后，记录里不再有这张照片。',
  removed: '已去掉照片',
}

const en: typeof zhCN = {
  title: 'Photographs',
  optional: 'never required',
  take: 'Take a photograph',
  choose: 'Choose from the gallery',
  busy: 'Working on the photograph…',
  nth: (n) => `Photograph ${n}`,
  kept: (n) => `${n} kept on this device`,
  hint: 'Cover faces, number plates and names on doors before you save.',
  show: 'Show',
  cover: 'Cover faces and plates',
  coverHint: 'Paint over what nobody shall see. Once saved, nobody can take the paint off.',
  coverAgain: 'Start again',
  coverSave: 'Use this one',
  drop: 'Delete this one',
  close: 'Close',
  near: (percent) => `Unsent photographs fill ${percent}% of their room. Go online soon.`,
  full: 'The room for unsent photographs is full: go online first. Words are saved as ever.',
  problem: {
    'not-a-picture': 'This file is no photograph. Your words are saved as ever.',
    heic: 'This device cannot read HEIC. Choose “most compatible” in the camera’s settings. Your words are saved as ever.',
    'too-many-pixels':
      'The photograph is too large: choose a smaller size in the camera. Your words are saved as ever.',
    'too-large': 'The file is too large. Take another. Your words are saved as ever.',
    cut: 'The file is cut short. Take another. Your words are saved as ever.',
    unreadable: 'The photograph cannot be read. Take another. Your words are saved as ever.',
    blank: 'It is of one colour all over. Take another. Your words are saved as ever.',
    full: 'The room for unsent photographs is full: go online first. Words are saved as ever.',
    'too-many': 'Nine photographs at most at once.',
    'disk-full': 'This device is full: the photograph was not kept. Your words are saved as ever.',
    storage: 'The photograph could not be kept. Try again. Your words are saved as ever.',
    locked: 'Locked: the photograph was not kept.',
  },
  state: {
    'on-way': 'on its way',
    here: 'on this device, waiting for a connection',
    arrived: 'arrived',
    refused: (why) => `not kept: ${why}`,
  },
  refused: {
    ...refusedEn,
    metadata: 'it carries a position or a camera’s data',
    tail: 'something else stands behind it',
    damaged: 'it was damaged on the way',
  },
  onWay: (n) => `${n} on the way`,
  deviceOnWay: (n) =>
    `${n} photographs are on their way and go by themselves once there is a connection. Words never wait for them.`,
  opening: 'Opening the photograph…',
  noPicture: {
    offline: 'No connection: the original cannot be opened. Here is the small one.',
    'not-here': 'The original has not arrived yet. Here is the small one.',
    damaged: 'The original is damaged and does not open.',
  },
  takenAt: (moment) => `Taken ${moment}`,
  by: (name) => `Taken by ${name}`,
  remove: 'Take this photograph away',
  removeHint:
    'The original did not arrive and perhaps cannot. The record will not show it any more.',
  removed: 'Photograph taken away',
}

export const usePhotoWords = () => useScreenWords({ 'zh-CN': zhCN, en })
