/** The building chart: its data, its filters on screen, and what of it goes on paper and into a picture. */
import { fireEvent, render, screen } from '@testing-library/preact'
import { LocationProvider } from 'preact-iso'
import { describe, expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { createRegister } from '#app/register/create-register.ts'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { Building } from '#app/ui/walk/building/Building.tsx'
import {
  byHand,
  chartOf,
  countMatches,
  matches,
  noFilter,
  type Filter,
} from '#app/views/building-chart.ts'
import { layOut, pictureName, scaleOf, widthOf } from '#app/ui/walk/building/picture.ts'
import { sheetOf } from '#app/ui/walk/building/sheet.ts'
import {
  building,
  dwelling,
  gridA,
  household,
  mutation,
  page,
  resident,
  today,
  uuid,
} from '#tests/app/register/grid-of-samples.ts'

const secret = '样机密'
const records = [
  building(100, '3幢', 1),
  dwelling(200, 100, '1', '101'),
  dwelling(201, 100, '1', '201'),
  dwelling(202, 100, '1', '202'),
  dwelling(203, 100, '2', '101'),
  // Red and overdue since the 8th, with the hukou outside.
  household(300, 200),
  resident(400, 300, secret, { birth: '1940-01-01', hukouDivision: '340100' }),
  // Green, with the hukou in another district.
  household(301, 201),
  resident(401, 301, secret, { hukouDivision: '330106', residence: '2' }),
  resident(411, 301, secret, { hukouDivision: '330111' }),
  // Orange and overdue.
  household(302, 203),
  resident(402, 302, secret, {
    tags: [{ tag: 'disabled', grade: 1, source: 'seen', from: '2026-01-01' }],
  }),
]

function filled() {
  const register = createRegister()
  register.applyPages([page(gridA, records)])
  return register
}
const chart = () => chartOf(filled(), uuid(100), today)
const rooms = (filter: Partial<Filter>) =>
  chart().units.flatMap(({ unit, floors }) =>
    floors.flatMap(({ cells }) =>
      cells
        .filter((cell) => matches(cell, { ...noFilter, ...filter }))
        .map((cell) => `${unit}-${cell.room}`),
    ),
  )

describe('the chart of a building', () => {
  it('has its rooms by unit, from the highest floor down, with what they can be filtered by', () => {
    expect(rooms({})).toEqual(['1-201', '1-202', '1-101', '2-101'])
    expect(chart()).toMatchObject({
      total: 4,
      colours: { red: 1, orange: 1, yellow: 0, blue: 1, green: 0, grey: 1 },
      residences: { floating: 1, apart: 1, settled: 2 },
      overdue: 2,
    })
    expect(chart().rules.map(({ rule, level, count }) => [rule, level, count])).toContainEqual([
      'aged-80-alone',
      'red',
      1,
    ])
  })

  it('filters in every respect at once', () => {
    expect(rooms({ colour: 'red' })).toEqual(['1-101'])
    expect(rooms({ rule: 'aged-80-alone' })).toEqual(['1-101'])
    expect(rooms({ residence: 'settled' })).toEqual(['1-201', '2-101'])
    expect(rooms({ overdue: true })).toEqual(['1-101', '2-101'])
    expect(rooms({ overdue: true, residence: 'settled' })).toEqual(['2-101'])
    expect(rooms({ overdue: true, colour: 'blue' })).toEqual([])
    expect(countMatches(chart().units, { ...noFilter, overdue: true })).toBe(2)
  })

  it('counts an empty room for nothing but its colour, and leads to it', () => {
    const empty = chart()
      .units.flatMap(({ floors }) => floors.flatMap(({ cells }) => cells))
      .find((cell) => cell.room === '202')
    expect(empty).toMatchObject({
      colour: 'grey',
      people: 0,
      residences: [],
      overdue: false,
      href: `/dwelling/${uuid(202)}`,
    })
  })

  it('is made once of a register as it is, and anew of a changed one and on another day', () => {
    const register = filled()
    const first = chartOf(register, uuid(100), today)
    expect(chartOf(register, uuid(100), today)).toBe(first)
    expect(chartOf(register, uuid(101), today).total).toBe(0)
    expect(chartOf(register, uuid(100), '2027-06-01').overdue).toBeGreaterThan(first.overdue)
    expect(chartOf(register, uuid(100), today)).toEqual(first)
    register.applyOwn([mutation('patch', 'resident', 402, { movedOutOn: today })])
    expect(chartOf(register, uuid(100), today).overdue).toBe(first.overdue - 1)
  })

  it('tells a colour by hand apart, but not what somebody wrote for it', () => {
    const register = filled()
    register.applyOwn([
      mutation('patch', 'resident', 401, {
        overrides: {
          add: [
            {
              id: uuid(900),
              colour: 'red',
              words: `${secret}要人照看`,
              from: today,
              until: '2026-12-20',
              by: uuid(901),
              over: [],
            },
          ],
        },
      }),
    ])
    const found = chartOf(register, uuid(100), today)
    expect(JSON.stringify(found)).not.toContain(secret)
    expect(found.colours.red).toBe(2)
    expect(found.rules).toContainEqual({ rule: byHand, level: 'red', count: 1 })
  })
})

describe('on paper and in a picture', () => {
  const levels = Object.fromEntries(
    Object.entries({ red: '▲', orange: '◆', yellow: '●', blue: '■', green: '✓', grey: '–' }).map(
      ([key, mark]) => [key, { key, mark, word: `${key}字` }],
    ),
  ) as unknown as Parameters<typeof sheetOf>[2]['levels']
  const sheet = (filter: Filter = noFilter) =>
    sheetOf(chart(), filter, {
      title: '清风阳光苑 3幢 楼栋图',
      lines: ['2026年11月23日'],
      unit: (unit) => `${unit}单元`,
      floor: (floor) => `${floor}层`,
      empty: '空',
      levels,
    })

  it('stand all rooms with mark and number of people, and a legend; no name, no key of anybody', () => {
    const made = sheet()
    expect(made.units[0]).toMatchObject({ title: '1单元', columns: 2 })
    expect(made.units[0]?.floors[0]).toEqual({
      label: '2层',
      cells: [
        { room: '201', text: '■ 2', colour: 'blue', away: false },
        { room: '202', text: '– 空', colour: 'grey', away: false },
      ],
    })
    expect(made.legend.map((one) => one.text)).toContain('▲ red字 1')
    const all = JSON.stringify([made, layOut(made)])
    expect(all).not.toContain(secret)
    expect(all).not.toContain('0190f5c6')
  })

  it('shows of a room that does not match just its number', () => {
    const made = sheet({ ...noFilter, colour: 'red' })
    expect(made.units[0]?.floors[0]?.cells[0]).toMatchObject({ room: '201', text: '', away: true })
    const boxes = layOut(made).strokes.filter((stroke) => 'box' in stroke)
    expect(boxes.map((stroke) => stroke.colour)).toEqual([null, null, 'red', null])
  })

  it('keeps everything inside the picture, and the picture inside what phones can draw', () => {
    const made = sheet()
    const wide = {
      ...made,
      units: made.units.map((unit) => ({
        ...unit,
        columns: 12,
        floors: Array.from({ length: 150 }, (_, floor) => ({
          label: `${floor}层`,
          cells: Array.from({ length: 12 }, () => ({
            room: '15012',
            text: '✓ 12',
            colour: 'green' as const,
            away: false,
          })),
        })),
      })),
    }
    for (const picture of [layOut(made), layOut(wide)]) {
      for (const stroke of picture.strokes) {
        if ('box' in stroke) {
          const [x, y, width, height] = stroke.box
          expect(x + width).toBeLessThanOrEqual(picture.width)
          expect(y + height).toBeLessThanOrEqual(picture.height)
        } else if (stroke.align === 'left') {
          expect(stroke.at[0] + widthOf(stroke.text, stroke.size)).toBeLessThan(picture.width)
        }
      }
      const scale = scaleOf(picture)
      expect(picture.width * picture.height * scale * scale).toBeLessThanOrEqual(16_000_001)
      expect(picture.height * scale).toBeLessThanOrEqual(8_192.5)
    }
    expect(scaleOf(layOut(made))).toBe(2)
  })

  it('has a file’s name of building and day alone', () => {
    expect(pictureName('清风 阳光苑/3幢', '2026-11-23')).toBe('清风阳光苑3幢-2026-11-23.png')
  })
})

describe('the screen', () => {
  function show(app: DeviceParts) {
    return render(
      <PartsContext.Provider value={app}>
        <LocationProvider>
          <Building params={{ building: uuid(100) }} />
        </LocationProvider>
      </PartsContext.Provider>,
    )
  }
  const fakeApp = () =>
    ({
      register: filled(),
      session: createStore(() => ({ phase: 'open' })),
      today: createStore(() => ({ day: today })),
      now: () => Date.parse(`${today}T02:00:00Z`),
      sync: createStore(() => ({ phase: 'offline', unsent: [], refused: [], lastSync: null })),
      syncActs: {},
    }) as unknown as DeviceParts

  it('dims what does not match, says how many do, and remembers it for the way back', () => {
    const app = fakeApp()
    const first = show(app)
    expect(screen.getByText('共4间')).toBeDefined()
    fireEvent.click(screen.getByRole('button', { name: '筛选' }))
    fireEvent.click(screen.getByRole('button', { name: /^逾期 ?2$/ }))
    expect(screen.getByText('符合2间，共4间')).toBeDefined()
    expect(screen.getByRole('link', { name: /^201 .* 不符合$/ })).toBeDefined()
    expect(screen.getByRole('link', { name: /^101 1人 重点关注$/ })).toBeDefined()
    fireEvent.input(screen.getByLabelText('按户籍筛选'), { target: { value: 'floating' } })
    expect(screen.getByText('符合1间，共4间')).toBeDefined()
    fireEvent.click(screen.getByRole('button', { name: '看结果' }))
    expect(screen.getByRole('button', { name: '筛选 2' })).toBeDefined()
    first.unmount()
    show(app)
    expect(screen.getByText('符合1间，共4间')).toBeDefined()
    // Of the unit as well.
    expect(screen.getByRole('radio', { name: '2单元 0' })).toBeDefined()
    fireEvent.click(screen.getByRole('button', { name: '清除筛选' }))
    expect(screen.getByText('共4间')).toBeDefined()
  })

  it('is of nobody else’s making: another app has its own filters', () => {
    show(fakeApp())
    expect(screen.getByText('共4间')).toBeDefined()
  })

  it('stands on paper while the browser prints, and only then', () => {
    show(fakeApp())
    expect(document.querySelector('body > [data-light]')).toBeNull()
    dispatchEvent(new Event('beforeprint'))
    const paper = document.querySelector('body > [data-light]')?.textContent ?? ''
    expect(paper).toContain('清风阳光苑 3幢 楼栋图')
    expect(paper).toContain('2026年11月23日')
    expect(paper).not.toContain(secret)
    dispatchEvent(new Event('afterprint'))
    expect(document.querySelector('body > [data-light]')).toBeNull()
  })
})
