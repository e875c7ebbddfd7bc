/** For how long an office keeps what: the days that its policy names, from the day on which something ended. */
import type { Policy } from './policy.ts'

/**
 * What is purged when its time is over. `gone`: somebody who moved out or died. `visit`: a visit that is old, with a
 * later one at the same household. `asker`: how to reach whoever asked, and `request`: all of a request, once it ended. `declaration`: what was said
 * of a coming or going, once it was answered or grew old. `voice`: what a door said to a topic. `fund`: all of an
 * account that was closed. `topic`: all of a topic, with what doors said to it. `meeting`: a meeting.
 * `vehicle`: a plate that was ended, or whose last day has passed.
 */
export const retentions = [
  'gone',
  'visit',
  'asker',
  'request',
  'declaration',
  'voice',
  'fund',
  'topic',
  'meeting',
  'vehicle',
] as const
export type Retention = (typeof retentions)[number]

/** Days that a policy keeps it; the product's own of what an older policy does not say. */
export function daysKept(policy: Policy, retention: Retention): number {
  switch (retention) {
    case 'gone':
      return policy.keepGoneDays
    case 'visit':
      return policy.keepVisitsDays
    case 'asker':
      return policy.keepAskersDays ?? 180
    case 'request':
      return policy.keepRequestsDays ?? 730
    case 'declaration':
      return policy.keepDeclarationsDays ?? 180
    case 'voice':
      return policy.keepVoicesDays ?? 1_095
    case 'fund':
      return policy.keepFundsDays ?? 3_650
    case 'topic':
    case 'meeting':
      return policy.keepTopicsDays ?? 3_650
    case 'vehicle':
      return policy.keepVehiclesDays ?? 90
  }
}
