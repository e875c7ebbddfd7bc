/** The pages before the register: what each asks for, what it refuses, and which act it then asks of the device. */
import { fireEvent, render, screen, waitFor } from '@testing-library/preact'
import { LocationProvider } from 'preact-iso'
import type { FunctionComponent } from 'preact'
import { describe, expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { ChoosePin } from '#app/ui/entry/choose-pin/ChoosePin.tsx'
import { Failed } from '#app/ui/entry/failed/Failed.tsx'
import { FirstPull } from '#app/ui/entry/first-pull/FirstPull.tsx'
import { Locked } from '#app/ui/entry/locked/Locked.tsx'
import { ChoosePassphrase } from '#app/ui/entry/passphrase/ChoosePassphrase.tsx'
import { LockedByPassphrase } from '#app/ui/entry/passphrase/LockedByPassphrase.tsx'
import { Setup } from '#app/ui/entry/setup/Setup.tsx'
import { SignIn } from '#app/ui/entry/sign-in/SignIn.tsx'

const colleague = { id: 'a', login: 'yangli.jia', device: 'd', pinTriesLeft: 5 } as const
const nobody = {
  ...{
    phase: 'locked',
    account: null,
    known: [],
    busy: false,
    problem: null,
    progress: null as object | null,
  },
  ...{ pinTriesLeft: 5, isInShift: false, passkey: false, recoveryCodes: null, factor: null },
  ...{ retryAfter: null, opensBy: 'pin' },
}

/** A page over a session in that state; `asked` hears of each act with what it was given. */
function open(
  Page: FunctionComponent,
  state: object = {},
  more: { readonly sync?: object; readonly setUp?: object } = {},
) {
  const asked: unknown[][] = []
  const act =
    (name: string) =>
    (...given: unknown[]) => {
      asked.push([name, ...given])
      return Promise.resolve()
    }
  const acts = ['choosePin', 'unlock', 'switchTo', 'signIn', 'choosePassphrase', 'codesSeen']
  const session = createStore(() => ({ ...nobody, ...state }))
  const parts = {
    session,
    sync: createStore(() => ({ problem: null, ...more.sync })),
    device: createStore(() => ({ homeScreen: null })),
    preferences: createStore(() => ({ language: 'zh-CN' })),
    sessionActs: Object.fromEntries(
      [...acts, 'askFor', 'beginAnew', 'unlockByPasskey'].map((name) => [name, act(name)]),
    ),
    officeActs: {
      filing: () => Promise.resolve({ ok: false, problem: 'offline' }),
      setupState: () => Promise.resolve({ ok: false, problem: 'offline' }),
      setUp(given: unknown) {
        asked.push(['setUp', given])
        return Promise.resolve(more.setUp ?? { ok: true, value: null })
      },
    },
  } as unknown as DeviceParts
  render(
    <LocationProvider>
      <PartsContext.Provider value={parts}>
        <Page />
      </PartsContext.Provider>
    </LocationProvider>,
  )
  return { asked, session }
}

const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }))
const digits = (pin: string) => {
  for (const digit of pin) press(digit)
}
const type = (label: RegExp | string, value: string) =>
  fireEvent.input(screen.getByLabelText(label), { target: { value } })

describe('choosing a PIN', () => {
  it('takes one that was typed twice, and none that is easy or differs', () => {
    const { asked } = open(ChoosePin)
    digits('123456')
    expect(screen.getByText('这个密码太容易猜到，请换一个。')).toBeTruthy()
    digits('294715')
    expect(screen.getByText('再输一次')).toBeTruthy()
    digits('294716')
    expect(screen.getByText('两次输的不一样，请重新设。')).toBeTruthy()
    expect(asked).toEqual([])
    digits('294715')
    digits('294715')
    expect(asked).toEqual([['choosePin', '294715']])
  })

  it('takes a digit back, and says that it is busy', () => {
    const { asked, session } = open(ChoosePin)
    digits('29471')
    press('删一位')
    expect(screen.getByLabelText('4/6')).toBeTruthy()
    session.setState({ busy: true })
    return waitFor(() => {
      expect(screen.getByText('正在加密…')).toBeTruthy()
      expect(screen.getByRole('button', { name: '7' }).hasAttribute('disabled')).toBe(true)
      expect(asked).toEqual([])
    })
  })
})

describe('a locked device', () => {
  it('opens by six digits, and says how many tries are left', () => {
    const { asked } = open(Locked, { problem: 'wrong-pin', pinTriesLeft: 3 })
    expect(screen.getByText('密码不对，还可以试3次。')).toBeTruthy()
    digits('294715')
    expect(asked).toEqual([['unlock', '294715']])
  })

  it('takes no digit where the tries are spent, and leads to the sign-in', () => {
    const { asked } = open(Locked, { problem: 'pin-exhausted' })
    expect(screen.getByText(/输错太多次/)).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: '2' }))
    expect(screen.getByLabelText('0/6')).toBeTruthy()
    press('忘了解锁密码')
    expect(asked).toEqual([['switchTo', null]])
  })

  it('begins anew only after it said what that does', async () => {
    const { asked } = open(Locked, { problem: 'will-not-open' })
    await screen.findByRole('button', { name: '重启了还是打不开' })
    press('重启了还是打不开')
    expect(screen.getByText(/原来那份留在手机里不删/)).toBeTruthy()
    expect(asked).toEqual([])
    press('另起一份，接着工作')
    expect(asked).toEqual([['beginAnew']])
  })

  it('offers the other accounts of the device and not its own', () => {
    const known = [colleague, { ...colleague, id: 'b', login: 'yangli.yi' }]
    const { asked } = open(Locked, { known, account: { id: 'a' } })
    expect(screen.queryByRole('button', { name: 'yangli.jia' })).toBeNull()
    press('yangli.yi')
    expect(asked).toEqual([['switchTo', 'b']])
  })
})

describe('a passphrase', () => {
  const good = '四棵样树 旧船票 晚风 铜钥匙'

  it('is chosen where it is long enough and typed twice alike', () => {
    const { asked } = open(ChoosePassphrase)
    type('口令', '短')
    press('用这个口令')
    expect(screen.getAllByText('还太短：至少10个字。').length).toBeGreaterThan(0)
    type('口令', good)
    type('再输一次口令', `${good}。`)
    press('用这个口令')
    expect(screen.getByText('两次输的不一样，请重新输。')).toBeTruthy()
    expect(asked).toEqual([])
    type('再输一次口令', good)
    press('用这个口令')
    expect(asked).toEqual([['choosePassphrase', good]])
  })

  it('opens the device, is gone from the field then, and is hidden until somebody looks', () => {
    const { asked } = open(LockedByPassphrase, { isInShift: true })
    expect(screen.getByLabelText<HTMLInputElement>('口令').type).toBe('password')
    fireEvent.click(screen.getByLabelText('显示口令'))
    expect(screen.getByLabelText<HTMLInputElement>('口令').type).toBe('text')
    press('打开')
    expect(asked).toEqual([])
    type('口令', good)
    press('打开')
    expect(asked).toEqual([['unlock', good]])
    expect(screen.getByLabelText<HTMLInputElement>('口令').value).toBe('')
    press('改用6位数字')
    expect(asked.at(-1)).toEqual(['askFor', 'pin'])
  })
})

describe('signing in', () => {
  it('asks for both fields, and sends the account without the space around it', async () => {
    const { asked } = open(SignIn)
    press('登录')
    expect(screen.getAllByText('必填')).toHaveLength(2)
    expect(asked).toEqual([])
    type(/账号/, ' yangli.jia ')
    type(/密码/, 'sample-word')
    press('登录')
    await waitFor(() =>
      expect(asked).toEqual([['signIn', 'yangli.jia', 'sample-word', undefined, undefined]]),
    )
  })

  it('says for how long to wait, and why it was refused', () => {
    open(SignIn, { problem: 'too-many-attempts', retryAfter: 40 })
    expect(screen.getByText('试的次数太多，请等40秒再试。')).toBeTruthy()
  })

  it('offers the accounts that the device knows', () => {
    const { asked } = open(SignIn, { phase: 'signed-out', known: [colleague] })
    press('yangli.jia')
    expect(asked).toEqual([['switchTo', 'a']])
  })
})

describe('the first pull', () => {
  it('says how far it is, and that a broken line costs nothing', async () => {
    const { session } = open(FirstPull)
    expect(screen.getByText('正在连接…')).toBeTruthy()
    session.setState({ progress: { done: 120, total: 480 } })
    await screen.findByText('已装好120 / 480条')
  })

  it('says that it goes on by itself where the line is away', () => {
    open(FirstPull, {}, { sync: { problem: 'offline' } })
    expect(screen.getByText('网络断了，接上后自动继续。')).toBeTruthy()
  })
})

it('says of a storage that cannot be used what a person can do', () => {
  open(Failed)
  expect(screen.getByText('这台设备的存储打不开')).toBeTruthy()
  expect(screen.getByText(/没有使用无痕模式/)).toBeTruthy()
})

describe('the first start', () => {
  const fill = () => {
    type('街道（或镇、乡）名称', '样例街道')
    type('姓名', '样例甲')
    type(/^账号/, 'yangli.jia')
    type(/^密码/, 'sample-word')
  }

  it('makes nothing of an empty page or a wrong code', () => {
    const { asked } = open(Setup)
    press('建立')
    expect(screen.getAllByText('必填')).toHaveLength(3)
    fill()
    type(/区划代码/, '3301')
    press('建立')
    expect(screen.getByText('区划代码应是9位或12位数字。')).toBeTruthy()
    expect(asked).toEqual([])
  })

  it('makes the office of what was typed, and says by which account to sign in', async () => {
    const { asked } = open(Setup)
    fill()
    press('建立')
    await screen.findByText(/已建好。请用账号 ?yangli\.jia/)
    expect(asked).toMatchObject([
      ['setUp', { name: '样例街道', code: null, login: 'yangli.jia', places: 'none' }],
    ])
  })

  it('keeps what was typed where the password is too easy, and says so', async () => {
    open(Setup, {}, { setUp: { ok: false, problem: 'weak-password' } })
    fill()
    press('建立')
    await screen.findByText('这个密码太容易猜到，请换一个更长的。')
    expect(screen.getByLabelText<HTMLInputElement>('姓名').value).toBe('样例甲')
  })
})
