/** Sheets of paper that many doors signed: photographed once, and named by the voice of each other door. */
import type { Register } from '#app/register/register.ts'
import { photosOf, type ShownPhoto } from './photos-of.ts'

/** Those of a topic in one grid that were taken with a voice on paper, the latest first. */
export function sheetsOf(register: Register, topic: string, stream: string): readonly ShownPhoto[] {
  return [...register.all('voice')]
    .filter((one) => one.stream === stream && one.fields.topic === topic)
    .filter(({ fields }) => fields.how === 'paper')
    .flatMap(({ id }) => photosOf(register, id))
    .filter(({ refusedAs }) => refusedAs === null)
    .sort((a, b) => (a.picture.takenAt < b.picture.takenAt ? 1 : -1))
    .slice(0, mostOffered)
}

/** More than these nobody tells apart by a small picture. */
const mostOffered = 6
