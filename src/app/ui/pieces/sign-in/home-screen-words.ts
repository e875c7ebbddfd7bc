/** How the app comes to the home screen where no button can do it, and why it should. */
import { useScreenWords } from '#app/ui/words/use-words.ts'

export const homeScreenWords = {
  'zh-CN': {
    browser:
      '先离开微信：点右上角“…”，选“在浏览器打开”（苹果手机选“在Safari中打开”），再登录。微信里装不到桌面，资料也容易被清掉。',
    share:
      '先装到桌面再登录：点浏览器的“分享”按钮（方框加向上箭头），选“添加到主屏幕”，再从桌面打开。不装的话，七天不打开，手机会清掉本机资料，没发出去的工作也会丢。',
  },
  en: {
    browser:
      'Leave WeChat first: tap “…” at the top right, choose “Open in browser” (“Open in Safari” on an iPhone), then sign in. WeChat cannot put the app on the home screen, and may clear its data.',
    share:
      'Put it on the home screen before you sign in: tap the browser’s Share button (a box with an arrow), choose “Add to Home Screen”, and open it from there. In a tab the phone clears what is stored after seven days without a visit, unsent work included.',
  },
}

export const useHomeScreenWords = () => useScreenWords(homeScreenWords)
