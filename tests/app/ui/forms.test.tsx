/** Forms over the real register, with a fake app around it: what a person sees, and what a save would send. */
import { fireEvent, render, screen, waitFor } from '@testing-library/preact'
import type { ComponentChildren } from 'preact'
import { describe, expect, it, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { identityCheckDigit } from '#domain/document-key.ts'
import { createRegister } from '#app/register/create-register.ts'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import type { Intent } from '#app/acts/intent.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { residentLeaves, residentMoves } from '#app/acts/household-intents.ts'
import { IdentityField } from '#app/ui/forms/IdentityField.tsx'
import { changesOf, problemsOf, tidy, withField } from '#app/views/resident-values.ts'
import { useSave } from '#app/ui/forms/use-save.ts'
import { useSaveEach } from '#app/ui/requests/pages/use-save-each.ts'
import { useDecision } from '#app/ui/requests/waiting/use-decision.ts'
import { createToasts, ToastsContext } from '#app/ui/toasts.ts'

const day = '2026-11-23'
const stream = '01900000-0000-7000-8000-000000000001'
const id = (last: number) => `01900000-0000-7000-8000-${String(last).padStart(12, '0')}`
const numberOf = (first17: string) => first17 + identityCheckDigit(first17)
const document = numberOf('20000119900305123')

function filledRegister() {
  const register = createRegister()
  const records = [
    ['building', id(2), { estate: '样例苑', name: '3幢', storeys: 6, units: 2 }],
    ['dwelling', id(3), { building: id(2), unit: '1', floor: 3, room: '302' }],
    ['household', id(4), { dwelling: id(3), head: id(5) }],
    ['resident', id(5), { household: id(4), name: '样小明', documentNumber: document }],
  ] as const
  register.applyPages([
    {
      type: 'page',
      stream,
      epoch: 1,
      from: 0,
      to: records.length,
      changes: [],
      records: records.map(([kind, record, fields], index) => ({
        kind,
        id: record,
        version: index + 1,
        fields,
      })),
    },
  ])
  return register
}

function fakeApp(parts: Partial<DeviceParts> = {}): DeviceParts {
  return {
    register: filledRegister(),
    today: createStore(() => ({ day })),
    now: () => Date.parse(`${day}T02:00:00Z`),
    ...parts,
  } as DeviceParts
}

function within(app: DeviceParts, children: ComponentChildren) {
  return render(<PartsContext.Provider value={app}>{children}</PartsContext.Provider>)
}

describe('the identity number', () => {
  it('is grouped as it is typed, and told wrong as soon as it must be', () => {
    const typed = vi.fn()
    const { rerender } = within(fakeApp(), <IdentityField value="20000119900" onInput={typed} />)
    const input = screen.getByLabelText<HTMLInputElement>('身份证号')
    expect(input.value).toBe('200001 19900')
    fireEvent.input(input, { target: { value: '200001 19900 3' } })
    expect(typed).toHaveBeenCalledWith('200001199003')
    rerender(
      <PartsContext.Provider value={fakeApp()}>
        <IdentityField value="20000119901" onInput={typed} />
        <IdentityField value="2000011990139" onInput={typed} />
      </PartsContext.Provider>,
    )
    expect(screen.getByText('号码里的出生日期不存在')).toBeDefined()
  })

  it('says who has it already, masked, and where', () => {
    const move = vi.fn()
    within(
      fakeApp(),
      <IdentityField value={document} onInput={() => undefined} onMoveHere={move} />,
    )
    expect(screen.getByText('样*明')).toBeDefined()
    expect(screen.getByText(/样例苑 3幢1单元302/)).toBeDefined()
    fireEvent.click(screen.getByRole('button', { name: /迁到这一户/ }))
    expect(move).toHaveBeenCalledWith(id(5))
  })

  it('is no surprise on the own page of whom it belongs to', () => {
    within(fakeApp(), <IdentityField value={document} self={id(5)} onInput={() => undefined} />)
    expect(screen.queryByText('这个号码已经登记：')).toBeNull()
    expect(screen.getByText(/号码正确/)).toBeDefined()
  })
})

describe('a good number of fifteen digits', () => {
  // What the eighteen characters of the sample were before 1999.
  const old = document.slice(0, 6) + document.slice(8, 17)

  it('is said to be an old one, is not called wrong, and its eighteen characters are offered', () => {
    const typed = vi.fn()
    within(fakeApp(), <IdentityField value={old} self={id(5)} onInput={typed} />)
    expect(screen.queryByText('号码里的出生日期不存在')).toBeNull()
    expect(screen.getByText(/15位/)).toBeDefined()
    fireEvent.click(screen.getByRole('button', { name: /^换成/ }))
    expect(typed).toHaveBeenCalledWith(document)
  })

  it('is of the same person as its eighteen characters', () => {
    within(fakeApp(), <IdentityField value={old} onInput={() => undefined} />)
    expect(screen.getByText('样*明')).toBeDefined()
  })

  it('is saved as eighteen, with the birth date and the sex that it says', () => {
    expect(tidy({ name: '样小明', documentNumber: old })).toMatchObject({
      ...{ documentNumber: document, documentType: '111', birth: '1990-03-05', sex: '1' },
    })
    expect(problemsOf({ household: id(4), name: '样小明', documentNumber: old }, day)).toEqual([])
  })
})

describe('the values of a resident form', () => {
  it('take birth date and sex from a whole number, and leave them where it is none', () => {
    expect(withField({}, 'documentNumber', document, day)).toMatchObject({
      birth: '1990-03-05',
      sex: '1',
    })
    expect(withField({ sex: '2' }, 'documentNumber', document.slice(0, 17), day)).toMatchObject({
      sex: '2',
    })
    // A foreigner's card and a permit say themselves what they are.
    for (const [first17, type] of [
      ['91103919800101001', '553'],
      ['81000019800101001', 'GAT'],
    ] as const) {
      const found = withField({}, 'documentNumber', numberOf(first17), day)
      expect(found).toMatchObject({ documentType: type, birth: '1980-01-01', sex: '1' })
    }
    const passport = { documentType: '414' }
    expect(withField(passport, 'documentNumber', document, day)).not.toHaveProperty('birth')
  })

  it('are judged by the same rules as on the server', () => {
    const household = id(4)
    const wrong = { household, name: ' ', birth: '1991-01-01', documentNumber: document }
    expect(problemsOf(wrong, day)).toEqual([
      { field: 'name', problem: 'required' },
      { field: 'birth', problem: 'id-mismatch-birth' },
    ])
    expect(problemsOf({ household, name: '样小明' }, day)).toEqual([])
  })

  it('are saved trimmed, without empty telephones, and only where they differ', () => {
    expect(tidy({ name: ' 样小明 ', phones: ['10012345678', ' ', '10012345678'] })).toEqual({
      name: '样小明',
      phones: ['10012345678'],
    })
    const before = { household: id(4), name: '样小明', workplace: '甲厂' }
    expect(changesOf(before, { name: '样小明', workplace: '' })).toEqual({ workplace: null })
  })
})

describe('batches', () => {
  const app = { now: () => 0, work: { newId: () => id(99) } }
  const register = filledRegister()
  const home = register.get('household', id(4))
  const person = register.get('resident', id(5))
  const room = register.get('dwelling', id(3))

  it('the last one to leave takes the household along', () => {
    if (!home || !person) throw new Error('missing')
    const intents = residentLeaves(home, [person], person, day, { to: '上海市', consent: null })
    expect(intents.map(({ kind, record, fields }) => [kind, record, fields])).toEqual([
      ['resident', id(5), { movedOutOn: day, movedOutTo: '上海市' }],
      ['household', id(4), { endedOn: day, endedTo: '上海市' }],
    ])
  })

  it('one who moves alone gets a household of their own, before they are in it', () => {
    if (!home || !person || !room) throw new Error('missing')
    const intents = residentMoves(app, home, [person], person, { dwelling: room }, day)
    expect(intents.map(({ op, kind }) => `${op} ${kind}`)).toEqual([
      'create household',
      'patch resident',
      'patch household',
    ])
    expect(intents[1]?.fields).toMatchObject({ household: id(99) })
  })
})

describe('a save', () => {
  function Form(props: { readonly onSaved: () => void }) {
    const saving = useSave()
    return (
      <button type="button" onClick={() => saving.run([], props.onSaved)}>
        {saving.problem ?? 'save'}
      </button>
    )
  }

  it('goes on only when it is on disk, and keeps the form where it is not', async () => {
    const saved = vi.fn()
    const answers: (() => void)[] = []
    const save = vi.fn((_: readonly Intent[]) => {
      return new Promise<{ ok: false; problem: 'disk-full' }>((resolve) => {
        answers.push(() => resolve({ ok: false, problem: 'disk-full' }))
      })
    })
    within(fakeApp({ work: { save } as unknown as DeviceParts['work'] }), <Form onSaved={saved} />)
    fireEvent.click(screen.getByRole('button'))
    fireEvent.click(screen.getByRole('button')) // a second tap while it is being saved
    answers.forEach((answer) => answer())
    await waitFor(() => expect(screen.getByText('disk-full')).toBeDefined())
    expect(saved).not.toHaveBeenCalled()
    expect(save).toHaveBeenCalledOnce()
  })

  it('can be tried again after a fault, which is reported', async () => {
    const fault = new Error('a sheet that cannot be made')
    const reported = vi.fn<(error: unknown) => void>()
    vi.stubGlobal('reportError', reported)
    const save = vi.fn(() => Promise.reject(fault))
    function Each() {
      const saving = useSaveEach()
      const intent: Intent = { op: 'patch', kind: 'resident', record: id(5), fields: {} }
      return (
        <button type="button" disabled={saving.busy} onClick={() => saving.run([intent], () => {})}>
          each
        </button>
      )
    }
    function Decide() {
      const { isBusy, decide } = useDecision('', () => {})
      const go = () => void decide(save).catch(() => {})
      return (
        <button type="button" disabled={isBusy} onClick={go}>
          decide
        </button>
      )
    }
    within(
      fakeApp({ work: { save } as unknown as DeviceParts['work'] }),
      <>
        <Form onSaved={() => {}} />
        <Each />
        <Decide />
      </>,
    )
    try {
      for (const [at, name] of ['save', 'save', 'each', 'each', 'decide', 'decide'].entries()) {
        const button = screen.getByText<HTMLButtonElement>(name)
        await waitFor(() => expect(button.disabled).toBe(false))
        fireEvent.click(button)
        await waitFor(() => expect(save).toHaveBeenCalledTimes(at + 1))
        await new Promise((resolve) => setTimeout(resolve, 0))
      }
      expect(reported.mock.calls).toEqual([[fault], [fault], [fault], [fault]])
    } finally {
      vi.unstubAllGlobals()
    }
  })

  it('takes the word of the one before from the screen as soon as it begins', async () => {
    const toasts = createToasts()
    const answers: (() => void)[] = []
    const save = () =>
      new Promise((resolve) => {
        answers.push(() => resolve({ ok: true, saved: { undo: () => Promise.resolve() } }))
      })
    within(
      fakeApp({ work: { save } as unknown as DeviceParts['work'] }),
      <ToastsContext.Provider value={toasts}>
        <Form onSaved={() => {}} />
      </ToastsContext.Provider>,
    )
    const word = () => toasts.store.getState().toast?.text ?? null
    fireEvent.click(screen.getByRole('button'))
    answers[0]?.()
    await waitFor(() => expect(word()).toBe('已保存到本机'))
    await waitFor(() => {
      fireEvent.click(screen.getByRole('button'))
      expect(answers).toHaveLength(2)
    })
    expect(word()).toBeNull()
    answers[1]?.()
    await waitFor(() => expect(word()).toBe('已保存到本机'))
  })
})
