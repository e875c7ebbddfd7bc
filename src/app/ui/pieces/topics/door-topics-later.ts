/** What a door is asked: its script is no part of the first screen. */
import { later } from '#app/ui/later.tsx'

export const DoorTopics = later(() => import('./DoorTopics.tsx').then((m) => m.DoorTopics))
