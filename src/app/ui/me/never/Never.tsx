import { worksInOffice } from '#domain/permission.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { Page } from '#app/ui/Page.tsx'
import { bannedFunctions, leftOutFunctions, useNeverWords, type NeverKey } from './never-words.ts'
import { privacyPages } from '#app/links/privacy.ts'
import { firstPages } from '#app/links/first.ts'
import { Line, Lines, Part, Parts, Soft, SoftText } from '#app/ui/kit/Part.tsx'

/** 这个应用没有的功能: what nobody can be asked to do with it, for everybody to read. */
export function Never() {
  const said = useNeverWords()
  const role = useStore(useParts('session').session, (session) => session.account?.role)
  return (
    <Page
      width="read"
      title={said.title}
      back={role && worksInOffice(role) ? privacyPages.protection() : firstPages.me()}
    >
      <Parts>
        <Soft>{said.hint}</Soft>
        <Functions title={said.banned} keys={bannedFunctions} />
        <Functions title={said.own} keys={leftOutFunctions} />
        <Soft>{said.proof}</Soft>
      </Parts>
    </Page>
  )
}

function Functions(props: { readonly title: string; readonly keys: readonly NeverKey[] }) {
  const { lines } = useNeverWords()
  return (
    <Part head={props.title}>
      <Lines>
        {props.keys.map((key) => {
          const [what, how] = lines[key]
          return (
            <Line key={key}>
              <strong>{what}</strong>
              <SoftText>{how}</SoftText>
            </Line>
          )
        })}
      </Lines>
    </Part>
  )
}
