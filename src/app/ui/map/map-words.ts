/** Words on and under the map. */
import { useScreenWords } from '#app/ui/words/use-words.ts'

export const mapWords = {
  'zh-CN': {
    several: (count: number) => `${count}栋楼`,
    openSeveral: '放大看',
    samePlace: '它们在同一个位置，选一栋：',
    closer: '放大',
    farther: '缩小',
    whole: '看全部',
    drawing: '正在画地图…',
    failed: '这台设备画不出地图',
    failedHint: '楼栋清单照样能用。请更新系统或浏览器后再试。',
    groundMissing: '这一片的底图还没存到本机，有网络时再打开就会存下。楼栋标记不受影响。',
    groundNeedsNetwork: '底图要有网络才看得到。楼栋标记不受影响。',
    groundKept: '底图已存到本机，没有网络也能看。',
  },
  en: {
    several: (count: number) => `${count} buildings`,
    openSeveral: 'zoom in',
    samePlace: 'They stand at the same place. Which one?',
    closer: 'Zoom in',
    farther: 'Zoom out',
    whole: 'See all',
    drawing: 'Drawing the map…',
    failed: 'This device cannot draw the map',
    failedHint:
      'The list of buildings works as ever. Update the system or the browser, then try again.',
    groundMissing:
      'The ground of this part is not on this device yet; open it once with a connection. The marks are not affected.',
    groundNeedsNetwork: 'The ground needs a connection. The marks are not affected.',
    groundKept: 'The ground is on this device and works without a connection.',
  },
}
export type MapWords = (typeof mapWords)['zh-CN']

export const useMapWords = () => useScreenWords(mapWords)
