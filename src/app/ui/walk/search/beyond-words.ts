/** Words of the search over all places of an account. */
import { useScreenWords } from '#app/ui/words/use-words.ts'

const zhCN = {
  range: (people: string, grids: number) => `在本机的${grids}个网格、${people}人里找`,
  title: '请服务器在您管的全部网格里找',
  hint: '要说用途，每次查找都留下记录。姓名遮挡显示，号码不显示。拼音在这里查不了。',
  tooLittle: '姓名要两个字以上，号码要输最后四位或整个号码，地址要带小区或楼号。',
  offline: '没有网络。在全部网格里找要联网，本机的照样能搜。',
  asking: '正在查找…',
  nothing: '全部网格里也没有找到',
  found: (count: number) => `全部网格里找到${count}个`,
  more: (count: number) => `只显示前${count}个，请再输几个字后重新查找`,
  notHere: '打开网格',
  wait: '一小时内查得太多，请过几分钟再查。',
}
const en: typeof zhCN = {
  range: (people, grids) => `Over ${grids} grids with ${people} people on this device`,
  title: 'Ask the server over all your grids',
  hint: 'It needs a purpose, and each search is on record. Names come masked, numbers not at all; pinyin is not read here.',
  tooLittle:
    'A name needs two letters, a number its last four figures or all of them, an address its estate or building.',
  offline:
    'No connection. A search over all grids needs one; this device is searched all the same.',
  asking: 'Searching…',
  nothing: 'Nothing in all grids either',
  found: (count) => `${count} found in all grids`,
  more: (count) => `The first ${count} only; please type on and search again`,
  notHere: 'Open the grid',
  wait: 'Too many searches within an hour. Please wait some minutes.',
}

export function useBeyondWords() {
  return useScreenWords({ 'zh-CN': zhCN, en })
}
