/** Words of the file that unsent work is saved in. */
import { useScreenWords } from '#app/ui/words/use-words.ts'

export const saveFileWords = {
  'zh-CN': {
    save: '导出没发出去的工作',
    saveHint: '网络一直不通时用：文件是加密的，交到社区办公室导入。本机的不会删。',
    saved: '文件已存到“下载”。交给社区办公室导入，导入后这里会显示已收到。',
    signInFirst: '导出前要先联网登录一次。',
  },
  en: {
    save: 'Save unsent work as a file',
    saveHint:
      'For when there is no connection for long: the file is sealed, take it to the office. Nothing here is deleted.',
    saved:
      'The file is in Downloads. Take it to the office; once it is brought in, this list shows it as received.',
    signInFirst: 'Sign in online once before saving a file.',
  },
}

export const useSaveFileWords = () => useScreenWords(saveFileWords)
