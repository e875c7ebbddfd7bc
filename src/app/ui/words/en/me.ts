import type { me as zhCN } from '../zh-CN/me.ts'

export const me: typeof zhCN = {
  title: 'Me',
  role: {
    worker: 'grid worker',
    staff: 'community staff',
    admin: 'subdistrict administrator',
    handler: 'department handler',
    auditor: 'auditor',
    gate: 'gate',
  },
  areas: (count) => `Area (${count})`,
  textSize: 'Text size',
  textSizes: { standard: 'Standard', large: 'Large', largest: 'Largest' },
  language: '语言 Language',
  lock: 'Lock now',
  switchAccount: 'Another account',
  switchHint: 'Unsent work stays on this device and goes out after the next unlock.',
  install: 'Put on the home screen',
  installHint: 'Then it opens like an app, also without a signal.',
  update: 'A new version is here: tap to update',
  updateHint: 'A few seconds; unsent work is not lost.',
  storage: 'Storage',
  storageUsed: (used, quota) => `${used} used of ${quota}`,
  persisted: 'The system will not clear it by itself',
  notPersisted: 'The system may clear what is synced when space runs out',
  keepingRefused:
    'The browser did not agree. Put Wuse on the home screen, use it for some days and ask again; send unsent work soon.',
  persist: 'Ask the system to keep it',
  neighbours: 'Neighbours',
  about: 'About Wuse',
  version: (version) => `Version ${version}`,
  scheme: (name, version) =>
    `Colour scheme: ${name} (version ${version}); nobody's official standard`,
  complaint: 'Complaints and suggestions',
  privacy: 'Everything on this device is encrypted; full numbers need a purpose and are logged.',
}
