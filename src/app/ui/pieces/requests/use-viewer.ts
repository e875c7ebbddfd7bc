import { leastRole } from '#domain/permission.ts'
import { useState } from 'preact/hooks'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import type { Viewer } from '#app/views/requests.ts'

/** Whoever looks at requests, and the moment at which the page was opened: a list does not jump under a thumb. */
export function useViewer(): Viewer {
  const app = useParts('session', 'now')
  const account = useStore(app.session, (session) => session.account)
  const [now] = useState(() => app.now())
  return { role: account?.role ?? leastRole, account: account?.id ?? '', now }
}
