/** A number on the app's icon (Badging API), where the browser has it: Chromium, and iPhones from the home screen. */
type Badging = Partial<Pick<Navigator, 'setAppBadge' | 'clearAppBadge'>>

/** `count` 0 takes it away. Never fails: it is told nothing about anybody, and nothing depends on it. */
export function showBadge(count: number, badging: Badging = navigator): void {
  const shown = count > 0 ? badging.setAppBadge?.(count) : badging.clearAppBadge?.()
  shown?.catch(() => {}) // the person does not want it
}
