/** The pages of this area: where each stands, what it draws, and who is shown the way to it. */
import { mayKeepTopics } from '#domain/permission-of-places.ts'
import { topicsPages } from '#app/links/topics.ts'
import { later } from '#app/ui/later.tsx'
import type { Route, View } from '#app/ui/route.ts'

const Topics = later(() => import('./Topics.tsx').then((m) => m.Topics))
const TopicForm = later(() => import('./TopicForm.tsx').then((m) => m.TopicForm))
const TopicPage = later(() => import('./TopicPage.tsx').then((m) => m.TopicPage))
const TopicDoors = later(() => import('./TopicDoors.tsx').then((m) => m.TopicDoors))
const VoiceForm = later(() => import('./VoiceForm.tsx').then((m) => m.VoiceForm))
const Meetings = later(() => import('./Meetings.tsx').then((m) => m.Meetings))
const MeetingForm = later(() => import('./MeetingForm.tsx').then((m) => m.MeetingForm))

export const topicsRoutes: readonly Route[] = [
  { path: topicsPages.topics.pattern, pane: 'list', tab: 'topics', page: Topics },
  { path: topicsPages.newTopic.pattern, pane: 'detail', tab: 'topics', page: TopicForm },
  { path: topicsPages.topic.pattern, pane: 'detail', tab: 'topics', page: TopicPage },
  { path: topicsPages.editTopic.pattern, pane: 'detail', tab: 'topics', page: TopicForm },
  { path: topicsPages.doors.pattern, pane: 'detail', tab: 'topics', page: TopicDoors },
  { path: topicsPages.voice.pattern, pane: 'detail', tab: 'topics', page: VoiceForm },
  { path: topicsPages.meetings.pattern, pane: 'list', tab: 'meetings', page: Meetings },
  { path: topicsPages.newMeeting.pattern, pane: 'detail', tab: 'meetings', page: MeetingForm },
  { path: topicsPages.meeting.pattern, pane: 'detail', tab: 'meetings', page: MeetingForm },
]

/** What the rail of an office lists of them. */
export const topicsViews: readonly View[] = [
  {
    job: 'requests',
    rank: 6,
    tab: 'topics',
    href: topicsPages.topics(),
    may: mayKeepTopics,
    label: { 'zh-CN': '议题', en: 'Topics' },
  },
  {
    job: 'requests',
    rank: 7,
    tab: 'meetings',
    href: topicsPages.meetings(),
    may: mayKeepTopics,
    label: { 'zh-CN': '会议', en: 'Meetings' },
  },
]
