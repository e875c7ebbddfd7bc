import type { Words } from '../zh-CN.ts'

export const clashes: Words['clashes'] = {
  title: 'Check what differs',
  explain:
    'Two people set the same field differently. The later value is in use, the other one is kept. Choose the right one.',
  now: 'In use',
  other: 'The other',
  keep: 'Keep this',
  take: 'Use this',
  none: 'Nothing to check',
  noneHint:
    'Where a colleague and you set a field differently, both values wait here until somebody checks.',
}
