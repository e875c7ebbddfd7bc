/** Topics and meetings on a device: which doors are asked, what they said here, what a form saves, what waits. */
import { expect, it } from 'vitest'
import { createRegister } from '#app/register/create-register.ts'
import { requestOfMatter } from '#app/acts/request-of-matter.ts'
import {
  draftOfMeeting,
  faultsOfMeeting,
  mattersWith,
  meetingOf,
  meetingsHere,
} from '#app/views/meetings.ts'
import { draftOfTopic, faultsOfTopic, partsWith, topicOf } from '#app/views/topic-draft.ts'
import {
  buildingsToAsk,
  doorsHere,
  heardOf,
  isAsked,
  partOf,
  placesOfTopics,
  stepsOf,
  tallyHere,
  topicOfRequest,
  topicsHere,
  topicsOfDoor,
  topicsToAsk,
  topicsWaiting,
  topicView,
} from '#app/views/topics.ts'
import {
  building,
  dwelling,
  gridA,
  household,
  page,
  record,
  today,
  uuid,
} from '../register/grid-of-samples.ts'

const community = uuid(9)
const me = uuid(7)
const at = (hour: number) => `${today}T${String(hour).padStart(2, '0')}:00:00.000Z`
const rule = { key: 'fund-use', ground: '样例' }
const topic = (id: number, more: object = {}) =>
  record('topic', id, {
    title: `样例${id}`,
    parts: [{ building: uuid(100), unit: '1' }],
    rule,
    at: at(1),
    ...more,
  })
const step = (id: number, of: number, name: string, more: object = {}) =>
  record('topic-step', id, { topic: uuid(of), step: name, at: at(id % 20), ...more })
const voice = (id: number, door: number, says: string, more: object = {}) =>
  record('voice', id, {
    topic: uuid(500),
    dwelling: uuid(door),
    says,
    how: 'door',
    at: at(3),
    ...more,
  })

function stage(upper: Parameters<typeof page>[1], own: Parameters<typeof page>[1] = []) {
  const register = createRegister()
  register.applyPages([
    page(community, [record('place', 9, { placeKind: 'community', name: '样例社区' }), ...upper]),
    page(gridA, [
      record('place', 1, { placeKind: 'grid', name: '样例网格', parent: community }),
      building(100, '3幢', 1),
      dwelling(200, 100, '1', '101'),
      dwelling(201, 100, '1', '102'),
      dwelling(202, 100, '2', '101'),
      household(300, 200),
      ...own,
    ]),
  ])
  return register
}

const open = [topic(500), step(501, 500, 'ask', { openUntil: today, at: at(2) })]

it('asks the doors of the entrance, and shows what each said last', () => {
  const register = stage(open, [voice(601, 200, 'yes'), voice(602, 200, 'not-met', { at: at(4) })])
  const view = topicView(register, uuid(500))!
  const doors = doorsHere(register, view, me)
  expect(doors.map(({ dwelling: one, voices }) => [one.id, voices?.counts?.says])).toEqual([
    [uuid(200), 'yes'],
    [uuid(201), undefined],
  ])
  expect(tallyHere(doors)).toMatchObject({ doors: 2, yes: 1, silent: 1 })
  expect(topicsOfDoor(register, uuid(200), me)).toMatchObject([
    { voices: { counts: { says: 'yes' } } },
  ])
  expect(topicsOfDoor(register, uuid(202), me)).toEqual([])
  // A step and two voices; what waits on this device changed nothing at the office yet.
  expect(heardOf(register, uuid(500))).toBe(3)
  expect(heardOf(stage([...open, { ...topic(510), version: 0 }]), uuid(510))).toBe(0)
  expect(heardOf(stage([...open, { ...step(502, 500, 'meet'), version: 0 }]), uuid(500))).toBe(1)
  expect(topicsOfDoor(register, uuid(999), me)).toEqual([])
  expect(topicView(register, uuid(999))).toBeNull()
})

it('stands in the part of the list where its steps lead, and waits on the desk', () => {
  const tally = { doors: 1, yes: 1, no: 0, abstain: 0, notMet: 0, silent: 0, paperWaiting: 0 }
  const register = stage([
    ...open,
    topic(510),
    topic(520),
    step(521, 520, 'ask', { openUntil: today, at: at(1) }),
    step(522, 520, 'close', { at: at(2) }),
    step(523, 520, 'tally', { tally, at: at(3) }),
  ])
  expect(topicsHere(register).map(({ topic: { id }, standing }) => [id, partOf(standing)])).toEqual(
    [
      [uuid(500), 'open'],
      [uuid(520), 'closed'],
      [uuid(510), 'raised'],
    ],
  )
  expect(topicsWaiting(register, today)).toEqual({ toClose: 0, toDecide: 1 })
  expect(topicsWaiting(register, '2026-12-31')).toEqual({ toClose: 1, toDecide: 1 })
  expect(stepsOf(register, uuid(520)).map(({ fields }) => fields.step)).toEqual([
    'ask',
    'close',
    'tally',
  ])
})

it('is put to buildings of a community, of a request or of nothing, and says what is missing', () => {
  const register = stage(
    [],
    [
      record('request', 700, {
        ...{ number: 'x', words: '样例灯不亮', level: 'ordinary', source: 'door', at: at(1) },
        ...{ site: uuid(300), siteKind: 'household' },
      }),
    ],
  )
  expect(placesOfTopics(register).map(({ id }) => id)).toEqual([community])
  expect(buildingsToAsk(register, community)).toMatchObject([
    { name: '样例网格', buildings: [{ id: uuid(100), units: ['1', '2'], doors: 3 }] },
  ])
  expect(topicOfRequest(register, uuid(700))).toMatchObject({
    parts: [{ building: uuid(100), unit: '1' }],
  })
  expect(topicOfRequest(register, uuid(999))).toBeNull()
  const draft = draftOfTopic(undefined, community)
  expect(faultsOfTopic(draft)).toEqual({ title: 'required', parts: 'required' })
  const parts = partsWith(partsWith([], uuid(100), ''), uuid(100), '2')
  expect(parts).toEqual([{ building: uuid(100), unit: '2' }])
  expect(isAsked(parts, uuid(100))).toBe(true)
  expect(partsWith(parts, uuid(100), null)).toEqual([])
  const filled = { ...draft, title: ' 样例 ', parts }
  expect(faultsOfTopic(filled)).toEqual({})
  expect(topicOf(filled)).toMatchObject({ title: '样例', words: null, rule: { key: 'fund-use' } })
})

it('keeps the matters of a meeting, each with what it became', () => {
  const draft = {
    ...draftOfMeeting(undefined, community, today),
    receivedBy: '区人大代表\n\n社区书记 ',
    matters: '灯\n车棚',
  }
  expect(faultsOfMeeting(draft)).toEqual({})
  expect(
    faultsOfMeeting({ ...draft, on: '2026-02-30', receivedBy: ' ', matters: '字'.repeat(301) }),
  ).toEqual({
    ...{ on: 'not-a-day', receivedBy: 'required', matters: 'too-long' },
  })
  let id = 800
  const fields = meetingOf(draft, [], () => uuid((id += 1)))
  expect(fields).toMatchObject({
    receivedBy: ['区人大代表', '社区书记'],
    matters: [{ words: '灯' }, { words: '车棚' }],
  })
  const register = stage([
    record('meeting', 900, fields),
    record('meeting', 901, { ...fields, on: '2026-11-24' }),
  ])
  expect(meetingsHere(register).map(({ id: one }) => one)).toEqual([uuid(901), uuid(900)])
  const meeting = register.get('meeting', uuid(900))!
  expect(mattersWith(meeting, uuid(801), { became: 'answered' })).toMatchObject([
    { became: 'answered' },
    { words: '车棚' },
  ])
  const parts = { register, now: () => Date.parse(at(5)), work: { newId: () => uuid((id += 1)) } }
  const made = requestOfMatter(parts, community, '灯')
  expect(made.intents).toMatchObject([
    { kind: 'request', stream: community, fields: { words: '灯', source: 'meeting' } },
    { kind: 'request-step', fields: { request: made.request, step: 'submit' } },
  ])
})

it('says which topics have doors here that nobody asked, what ends first at the top', () => {
  const asked = (id: number, of: number, openUntil: string) => step(id, of, 'ask', { openUntil })
  const register = stage(
    [
      ...[topic(500), topic(501), topic(502), topic(503)],
      ...[asked(600, 500, '2026-12-20'), asked(601, 501, '2026-12-10')],
      ...[asked(602, 502, '2026-12-01'), step(603, 502, 'close')],
    ],
    [voice(700, 200, 'yes')],
  )
  const said = (grid?: string) =>
    topicsToAsk(register, me, grid).map((one) => [one.topic.id, one.left])
  expect(said()).toEqual([
    [uuid(501), 2],
    [uuid(500), 1],
  ])
  expect(said(gridA)).toEqual(said())
  expect(said(uuid(2))).toEqual([])
})
