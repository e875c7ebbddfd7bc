/** Words for a place that becomes one of another kind. */
import { useScreenWords } from '#app/ui/words/use-words.ts'

export const turnWords = {
  'zh-CN': {
    title: '改种类',
    now: (kind: string) => `现在是：${kind}`,
    to: '改成',
    toMissing: '请选改成哪一种',
    under: (kind: string) => `这个${kind}放在哪里下面`,
    yes: '确定改',
    what: '名称、里面的登记和负责的人都不变。',
    obstacle: {
      parent: (to: string, above: string) => `${to}不能放在${above}下面。`,
      below: (to: string, kind: string) =>
        `下面还有${kind}，${to}下面不能有。请先把它们划走或关闭。`,
      role: (to: string, role: string) => `这里有${role}负责，${to}不能由他负责。请先改他的页面。`,
      records: (to: string) => `这里已经有登记，不能改成${to}。请先把楼栋转走。`,
    },
  },
  en: {
    title: 'Change the kind',
    now: (kind: string) => `Now a ${kind}`,
    to: 'Change into',
    toMissing: 'Please choose a kind',
    under: (kind: string) => `Where this ${kind} is to stand`,
    yes: 'Change it',
    what: 'Its name, what is recorded in it and who looks after it stay as they are.',
    obstacle: {
      parent: (to: string, above: string) => `A ${to} does not stand under a ${above}.`,
      below: (to: string, kind: string) =>
        `There is a ${kind} below it, and a ${to} has none. Give it away or close it first.`,
      role: (to: string, role: string) =>
        `A ${role} looks after it, who cannot look after a ${to}. Change that on the person’s page first.`,
      records: (to: string) =>
        `Something is recorded here already; it cannot become a ${to}. Move the buildings first.`,
    },
  },
}

export const useTurnWords = () => useScreenWords(turnWords)
