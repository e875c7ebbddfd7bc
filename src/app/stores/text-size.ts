/**
 * Main text of 18, 24 or 30 px at the browser's own setting. The largest is asked by the ministry's rules for apps that
 * serve the old (移动互联网应用适老化通用设计规范).
 */
export const textSizes = ['standard', 'large', 'largest'] as const
export type TextSize = (typeof textSizes)[number]
