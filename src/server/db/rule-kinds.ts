/** Kinds of records that govern whatever lies below the place in whose stream they stand. */
export const ruleKinds = ['scheme', 'policy', 'approval', 'catalogue', 'calendar'] as const
export type RuleKind = (typeof ruleKinds)[number]
