/** The pieces that every page is put together from, in their states. */
import { fireEvent, render, screen } from '@testing-library/preact'
import { useState } from 'preact/hooks'
import { describe, expect, it, vi } from 'vitest'
import { colourKeys, type ColourKey } from '#domain/level.ts'
import { Chip } from '#app/ui/kit/Chip.tsx'
import { DateTyped } from '#app/ui/kit/DateTyped.tsx'
import { Fact, FactGrid } from '#app/ui/kit/FactGrid.tsx'
import { ChoiceField } from '#app/ui/kit/Field.tsx'
import { Figure } from '#app/ui/kit/Figure.tsx'
import { Hero } from '#app/ui/kit/Hero.tsx'
import type { LevelWords } from '#app/ui/kit/LevelMark.tsx'
import { LevelStrip } from '#app/ui/kit/LevelStrip.tsx'
import { Group, Row } from '#app/ui/kit/Row.tsx'
import { Segmented } from '#app/ui/kit/Segmented.tsx'

const words = ['重点关注', '较高关注', '一般关注', '常态联系', '平稳', '未核实']
const marks = ['▲', '◆', '●', '■', '✓', '–']
const levels = Object.fromEntries(
  colourKeys.map((key, at) => {
    const word = words[at] ?? ''
    return [key, { key, word, short: word, mark: marks[at] ?? '' }]
  }),
) as unknown as Record<ColourKey, LevelWords>

describe('LevelStrip', () => {
  const counts = { red: 1, orange: 4, yellow: 7, blue: 0, green: 15, grey: 2 }

  it('says word, number and mark of all six, and hears which one is tapped', () => {
    const chosen = vi.fn()
    render(
      <LevelStrip label="五色" levels={levels} counts={counts} chosen="red" onChoose={chosen} />,
    )
    const cells = screen.getAllByRole('button')
    expect(cells.map((cell) => cell.getAttribute('aria-pressed'))).toEqual(
      colourKeys.map((key) => String(key === 'red')),
    )
    // The short words are for the eye alone: who hears the page hears the whole word.
    fireEvent.click(screen.getByRole('button', { name: /一般关注\s*7/ }))
    expect(chosen).toHaveBeenCalledWith('yellow')
    expect(cells.map((cell) => cell.lastElementChild?.textContent)).toEqual([
      '重点',
      '较高',
      '一般',
      '常态',
      '平稳',
      '未核',
    ])
  })

  it('is a legend without a button where nothing is filtered', () => {
    const { container } = render(<LevelStrip label="五色" levels={levels} counts={counts} />)
    expect(screen.queryAllByRole('button')).toEqual([])
    expect(container.textContent).toContain('▲重点关注1')
  })
})

describe('Row', () => {
  it('is a link with what lies in it, and a button beside it that is no part of the link', () => {
    render(
      <Group head="清风阳光苑 4幢" aside="2户">
        <Row
          title="1单元401"
          name="杨*刚等4人"
          under="8月29日见过"
          aside="逾期2天"
          isLate
          href="/household/a"
          action={<button type="button">打电话</button>}
          pending="还没发出去"
          chosen
        />
      </Group>,
    )
    expect(screen.getByRole('heading', { name: '清风阳光苑 4幢' })).toBeDefined()
    const link = screen.getByRole('link')
    expect(link.textContent).toBe('1单元401杨*刚等4人逾期2天 ↑还没发出去8月29日见过')
    expect(link.getAttribute('aria-current')).toBe('true')
    expect(link.contains(screen.getByRole('button', { name: '打电话' }))).toBe(false)
  })

  it('says when it has left: at once where motion is unwanted, else when the row has closed', () => {
    const left = vi.fn()
    const calm = vi.spyOn(window, 'matchMedia')
    calm.mockReturnValue({ matches: false } as MediaQueryList)
    const row = (leaving: boolean) => (
      <Group label="今天">
        <Row title="1单元401" leaving={leaving} onLeft={left} />
      </Group>
    )
    const { rerender } = render(row(false))
    rerender(row(true))
    expect(left).not.toHaveBeenCalled()
    fireEvent.animationEnd(screen.getByRole('listitem'))
    expect(left).toHaveBeenCalledOnce()
    calm.mockReturnValue({ matches: true } as MediaQueryList)
    rerender(row(false))
    rerender(row(true))
    expect(left).toHaveBeenCalledTimes(2)
  })
})

describe('Segmented', () => {
  const options = [
    { value: 'list', label: '列表' },
    { value: 'map', label: '地图' },
  ] as const

  it('is a group of radio buttons', () => {
    const chosen = vi.fn()
    render(<Segmented label="看法" value="list" options={options} onChoose={chosen} />)
    expect(screen.getByRole<HTMLInputElement>('radio', { name: '列表' }).checked).toBe(true)
    fireEvent.click(screen.getByRole('radio', { name: '地图' }))
    expect(chosen).toHaveBeenCalledWith('map')
  })

  it('is a row of links where its segments are pages', () => {
    const pages = options.map((option) => ({ ...option, href: `/${option.value}` }))
    render(<Segmented label="看法" value="map" options={pages} />)
    expect(screen.getByRole('link', { name: '地图' }).getAttribute('aria-current')).toBe('page')
    expect(screen.getByRole('link', { name: '列表' }).getAttribute('aria-current')).toBeNull()
  })
})

describe('ChoiceField', () => {
  const grid = (labels: readonly string[]) => {
    const options = labels.map((label) => ({ value: label, label }))
    const { container, unmount } = render(
      <ChoiceField label="问" value="" options={options} onInput={() => undefined} />,
    )
    const look = container.querySelector('fieldset > div')?.className ?? ''
    unmount()
    return /in\d/.exec(look)?.[0] ?? 'many'
  }

  it('leaves none of its choices alone in a line', () => {
    expect(grid(['男', '女'])).toBe('in2')
    expect(grid(['甲', '乙', '丙'])).toBe('in3')
    expect(grid(['人在户在', '人在户不在', '户在人不在', '人户都不在'])).toBe('in2')
    expect(grid(['自有', '租住', '借住', '其他'])).toBe('in4')
    expect(grid(['一', '二', '三', '四', '五'])).toBe('many')
  })
})

describe('DateTyped', () => {
  const heard = vi.fn()
  function Form(props: { readonly start?: string }) {
    const [value, setValue] = useState(props.start ?? '')
    const hear = (next: string) => {
      heard(next)
      setValue(next)
    }
    return (
      <>
        <DateTyped label="出生日期" value={value} onInput={hear} />
        <button type="button" onClick={() => setValue('1990-03-05')}>
          号码
        </button>
      </>
    )
  }
  const type = (text: string) => {
    const input = screen.getByRole<HTMLInputElement>('textbox')
    fireEvent.input(input, { target: { value: text } })
    return input.value
  }

  it('groups the digits 4-2-2 as they are typed, and says the day when it is whole', () => {
    render(<Form />)
    expect(type('1934')).toBe('1934')
    expect(heard).toHaveBeenLastCalledWith('1934')
    expect(type('1934 06')).toBe('1934 06')
    expect(type('1934 06 04')).toBe('1934 06 04')
    expect(heard).toHaveBeenLastCalledWith('1934-06-04')
    expect(type('')).toBe('')
    expect(heard).toHaveBeenLastCalledWith('')
  })

  it('takes a day that is pasted as people write it', () => {
    render(<Form />)
    expect(type('1934年6月4日')).toBe('1934 06 04')
    expect(type('１９３４-０６-０４')).toBe('1934 06 04')
    expect(type('193406049')).toBe('1934 06 04')
  })

  it('is erased from its end digit by digit, and another day is typed in its place', () => {
    render(<Form start="1934-06-15" />)
    for (const text of ['1934 06 1', '1934 06 12', '1934 06 1', '1934 06', '1934 0', '1934']) {
      expect(type(text)).toBe(text)
    }
    expect(type('1934 06 0')).toBe('1934 06 0')
    expect(heard).toHaveBeenLastCalledWith('1934060')
  })

  it('shows what a number filled in, also over half a date', () => {
    render(<Form start="1934-06-04" />)
    expect(type('1934 0')).toBe('1934 0')
    fireEvent.click(screen.getByRole('button', { name: '号码' }))
    expect(screen.getByRole<HTMLInputElement>('textbox').value).toBe('1990 03 05')
  })
})

it('a hero, a figure, a fact and a chip say what they are about', () => {
  const { container } = render(
    <>
      <Hero level={levels.red} title="重点关注，今天到期">
        92岁独居
      </Hero>
      <Figure number={29} word="逾期走访" href="/today" isLate />
      <FactGrid>
        <Fact label="性别">女</Fact>
        <Fact label="证件" tall>
          200517
        </Fact>
      </FactGrid>
      <Chip on count={3} onClick={() => undefined}>
        逾期
      </Chip>
    </>,
  )
  expect(container.textContent).toContain('▲重点关注重点关注，今天到期92岁独居')
  expect(screen.getByRole('link', { name: '29 逾期走访' })).toBeDefined()
  expect(screen.getAllByRole('term').map((term) => term.textContent)).toEqual(['性别', '证件'])
  expect(screen.getByRole('button', { pressed: true }).textContent).toBe('逾期3')
})
