import { fireEvent, render, screen } from '@testing-library/preact'
import { useState } from 'preact/hooks'
import { describe, expect, it, vi } from 'vitest'
import { ChoiceField, TextField } from '#app/ui/kit/Field.tsx'
import { LevelMark } from '#app/ui/kit/LevelMark.tsx'
import { PinPad } from '#app/ui/kit/PinPad.tsx'
import { Toast } from '#app/ui/kit/Toast.tsx'
import { later } from '#app/ui/later.tsx'

describe('PinPad', () => {
  function Pad(props: { readonly onChange: (value: string) => void }) {
    const [value, setValue] = useState('')
    const change = (next: string) => {
      setValue(next)
      props.onChange(next)
    }
    return <PinPad value={value} length={6} label="PIN" eraseLabel="erase" onChange={change} />
  }

  it('takes taps and a keyboard, erases, and never shows a digit that was typed', () => {
    const typed = vi.fn()
    const { container } = render(<Pad onChange={typed} />)
    fireEvent.click(screen.getByRole('button', { name: '7' }))
    fireEvent.keyDown(screen.getByRole('group', { name: 'PIN' }), { key: '3' })
    expect(typed).toHaveBeenLastCalledWith('73')
    expect(screen.getByRole('status', { name: '2/6' })).toBeDefined()
    expect(container.querySelector('[role=status]')?.textContent).toBe('')
    fireEvent.click(screen.getByRole('button', { name: 'erase' }))
    expect(typed).toHaveBeenLastCalledWith('7')
  })

  it('takes no seventh digit', () => {
    const typed = vi.fn()
    render(<Pad onChange={typed} />)
    for (let count = 0; count < 8; count += 1)
      fireEvent.click(screen.getByRole('button', { name: '5' }))
    expect(typed).toHaveBeenLastCalledWith('555555')
    expect(typed).toHaveBeenCalledTimes(6)
  })
})

describe('fields', () => {
  it('tie label, error and control together', () => {
    render(
      <TextField label="姓名" required="必填" error="请填写" value="" onInput={() => undefined} />,
    )
    const input = screen.getByRole('textbox', { name: /姓名/ })
    expect(input.getAttribute('aria-invalid')).toBe('true')
    const note = document.getElementById(input.getAttribute('aria-describedby') ?? '')
    expect(note?.textContent).toBe('请填写')
  })

  it('offer choices as radio buttons of one group', () => {
    const chosen = vi.fn()
    const options = [
      { value: '1', label: '男' },
      { value: '2', label: '女' },
    ]
    render(<ChoiceField label="性别" value="1" options={options} onInput={chosen} />)
    const [man, woman] = screen.getAllByRole<HTMLInputElement>('radio')
    expect(man?.checked).toBe(true)
    expect(man?.name).toBe(woman?.name)
    fireEvent.click(screen.getByRole('radio', { name: '女' }))
    expect(chosen).toHaveBeenCalledWith('2')
  })
})

describe('LevelMark', () => {
  it('never stands without mark and word', () => {
    const level = { key: 'red', word: '重点关注', short: '重点关注', mark: '▲' } as const
    const { container, rerender } = render(<LevelMark level={level} count={3} />)
    expect(container.textContent).toBe('▲重点关注3')
    rerender(<LevelMark level={level} look="chip" />)
    expect(container.textContent).toBe('▲重点关注')
  })
})

describe('Toast', () => {
  it('is announced and offers the way back', () => {
    const undo = vi.fn()
    render(<Toast text="已保存到本机" undoLabel="撤销" onUndo={undo} />)
    expect(screen.getByRole('status').textContent).toContain('已保存到本机')
    fireEvent.click(screen.getByRole('button', { name: '撤销' }))
    expect(undo).toHaveBeenCalledOnce()
  })
})

describe('a page that is fetched later', () => {
  it('can be tried again where its script did not come', async () => {
    const page = () => <p>here</p>
    const load = vi.fn<() => Promise<typeof page>>()
    load.mockRejectedValueOnce(new Error('away')).mockResolvedValue(page)
    const Page = later(load)
    render(<Page />)
    fireEvent.click(await screen.findByRole('button', { name: '再试一次' }))
    expect(await screen.findByText('here')).toBeDefined()
  })
})
