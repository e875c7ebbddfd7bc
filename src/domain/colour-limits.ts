/**
 * What a colour may never be used for, and what somebody may ask about it. A rule that looks at health or need and
 * decides something is an automated decision (Personal Information Protection Law, 24 and 73): so it is held to the visits.
 */
export const colourLimits = {
  zh: {
    never:
      '颜色只决定多久走访一次，不得用来决定补助、住房、入学、就业、信用或处罚，也不告诉别的单位和别的居民。',
    ask: (days: number) =>
      `对颜色有疑问的，本人可以要求说明理由、要求由人重新决定，${days} 天内答复。`,
  },
  en: {
    never:
      'A colour decides how often somebody calls. It may never decide on benefits, housing, school, work, credit or punishment, and is told to no other office and no other resident.',
    ask: (days: number) =>
      `Whoever doubts a colour may ask for its reasons and for a decision by a person, and is answered within ${days} days.`,
  },
} as const
