/** Meetings as screens show them, and what a form saves of one. */
import type { Day } from '#domain/day.ts'
import { isDay } from '#domain/day.ts'
import type { Matter, Meeting, MeetingKind } from '#domain/topics/meeting.ts'
import type { Register } from '#app/register/register.ts'
import type { Rec } from './records.ts'

/** The latest first. */
export function meetingsHere(register: Pick<Register, 'all'>): readonly Rec<'meeting'>[] {
  return [...register.all('meeting')].sort((a, b) =>
    a.fields.on === b.fields.on ? (a.id < b.id ? 1 : -1) : a.fields.on < b.fields.on ? 1 : -1,
  )
}

/** As a form has it: lines of text, as they are typed. */
export interface MeetingDraft {
  readonly place: string
  readonly meetingKind: MeetingKind
  readonly on: string
  readonly where: string
  readonly receivedBy: string
  readonly matters: string
}

export function draftOfMeeting(
  meeting: Rec<'meeting'> | undefined,
  place: string,
  day: Day,
): MeetingDraft {
  const fields = meeting?.fields
  return {
    place: meeting?.stream ?? place,
    meetingKind: fields?.meetingKind ?? 'council',
    on: fields?.on ?? day,
    where: fields?.where ?? '',
    receivedBy: (fields?.receivedBy ?? []).join('\n'),
    // What became something already stays as it is; the form adds lines.
    matters: '',
  }
}

export function faultsOfMeeting(
  draft: MeetingDraft,
): Partial<Record<'on' | 'receivedBy' | 'matters', 'not-a-day' | 'required' | 'too-long'>> {
  const names = linesOf(draft.receivedBy)
  return {
    ...(!isDay(draft.on) && { on: 'not-a-day' as const }),
    ...(names.length === 0 && { receivedBy: 'required' as const }),
    ...(names.some((name) => name.length > 40) && { receivedBy: 'too-long' as const }),
    ...(linesOf(draft.matters).some((line) => line.length > 300) && {
      matters: 'too-long' as const,
    }),
  }
}

export function meetingOf(
  draft: MeetingDraft,
  held: readonly Matter[],
  newId: () => string,
): Meeting {
  return {
    meetingKind: draft.meetingKind,
    on: draft.on,
    where: draft.where.trim() || null,
    receivedBy: linesOf(draft.receivedBy),
    matters: [...held, ...linesOf(draft.matters).map((words) => ({ id: newId(), words }))],
  }
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/** All matters of a meeting, one of them with what it became. */
export function mattersWith(
  meeting: Rec<'meeting'>,
  matter: string,
  end: Pick<Matter, 'became' | 'record'>,
): readonly Matter[] {
  return (meeting.fields.matters ?? []).map((one) => (one.id === matter ? { ...one, ...end } : one))
}
