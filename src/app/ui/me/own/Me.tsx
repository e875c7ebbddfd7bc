import { mayHaveToSetFactor } from '#domain/permission-of-access.ts'
import { mayWrite, standsAtGate } from '#domain/permission.ts'
import { textSizes } from '#app/stores/text-size.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatBytes } from '#app/ui/format.ts'
import { Button, ButtonLink } from '#app/ui/kit/Button.tsx'
import { mePages } from '#app/links/me.ts'
import { useHeldWords } from '#app/ui/pieces/held/held-words.ts'
import { withCommas } from '#app/ui/words/with-commas.ts'
import { ChoiceField } from '#app/ui/kit/Field.tsx'
import { Part, Soft } from '#app/ui/kit/Part.tsx'
import { Page } from '#app/ui/Page.tsx'
import { HowToLink } from '#app/ui/me/howto/HowToLink.tsx'
import { NoticesLink } from '#app/ui/me/notices/NoticesLink.tsx'
import { ComplaintLink, ProtectionLink } from '#app/ui/pieces/page-links/protection-links.tsx'
import { FundsLink } from '#app/ui/pieces/page-links/FundsLink.tsx'
import { ServicesLink } from '#app/ui/pieces/page-links/NearbyLink.tsx'
import { DeclarationsLink } from '#app/ui/pieces/page-links/DeclarationsLink.tsx'
import { MeetingsLink } from '#app/ui/pieces/page-links/MeetingsLink.tsx'
import { TopicsLink } from '#app/ui/pieces/page-links/TopicsLink.tsx'
import { SchemeLink } from '#app/ui/pieces/page-links/SchemeLink.tsx'
import styles from './Me.module.css'
import { OwnDevices } from './OwnDevices.tsx'
import { HomeScreen } from '#app/ui/pieces/sign-in/gate-later.ts'
import { OwnFactor } from './OwnFactor.tsx'
import { OwnPassword } from './OwnPassword.tsx'
import { Passkey } from './Passkey.tsx'
import { useMeWords } from '#app/ui/words/me-words.ts'

/** The worker's own page: who, which area, how the app looks, what the device holds, lock. No times, no counts. */
export function Me() {
  const app = useParts('session', 'sessionActs', 'register', 'preferences')
  const words = useMeWords()
  const account = useStore(app.session, (session) => session.account)
  const preferences = useStore(app.preferences, (state) => state)
  const areas = useRegister(app, (register) =>
    register
      .grids()
      .map((grid) => register.pathOf(grid.id))
      .map((path) =>
        path
          .slice(-2)
          .map((place) => place.fields.name)
          .join(' '),
      ),
  )
  const scheme = useRegister(app, (register) => register.scheme())
  return (
    <Page title={words.me.title} width="form">
      <div class={styles.me}>
        <Part>
          <ChoiceField
            label={words.me.textSize}
            value={preferences.textSize}
            options={textSizes.map((value) => ({ value, label: words.me.textSizes[value] }))}
            onInput={(wanted) => {
              const textSize = textSizes.find((one) => one === wanted)
              if (textSize) app.preferences.setState({ textSize })
            }}
          />
          <ChoiceField
            label={words.me.language}
            value={preferences.language}
            options={[
              { value: 'zh-CN', label: '简体中文' },
              { value: 'en', label: 'English' },
            ]}
            onInput={(language) =>
              app.preferences.setState({ language: language === 'en' ? 'en' : 'zh-CN' })
            }
          />
        </Part>
        <Part head={account?.name ?? ''}>
          <p>{account && words.me.role[account.role]}</p>
          {areas.length === 1 ? (
            <p>{areas[0]}</p>
          ) : (
            <details>
              <summary>{words.me.areas(areas.length)}</summary>
              <ul>
                {areas.map((area) => (
                  <li key={area}>{area}</li>
                ))}
              </ul>
            </details>
          )}
        </Part>
        {account && !standsAtGate(account.role) && (
          <Part head={words.me.neighbours}>
            <DeclarationsLink />
            <ServicesLink />
            <TopicsLink />
            <MeetingsLink />
            <FundsLink />
          </Part>
        )}
        <HeldLink />
        <Device />
        <Part>
          <Button look="primary" wide icon="lock" onClick={() => app.sessionActs.lock()}>
            {words.me.lock}
          </Button>
          <Button wide onClick={() => app.sessionActs.switchTo(null)}>
            {words.me.switchAccount}
          </Button>
          <Soft>{words.me.switchHint}</Soft>
          <OwnPassword />
          {account && mayHaveToSetFactor(account.role) && <OwnFactor />}
          <Passkey />
          <OwnDevices />
        </Part>
        {account && mayWrite(account.role, 'complaint') && (
          <Part head={words.me.complaint}>
            <ComplaintLink />
          </Part>
        )}
        <Part head={words.me.about}>
          {account && !standsAtGate(account.role) && (
            <>
              <HowToLink />
              <p>{words.me.scheme(scheme.name, scheme.schemeVersion)}</p>
              <SchemeLink />
            </>
          )}
          <p>{words.me.privacy}</p>
          {account && !standsAtGate(account.role) && <ProtectionLink />}
          <NoticesLink />
        </Part>
      </div>
    </Page>
  )
}

/** Of a large office: what this device holds of it. */
function HeldLink() {
  const own = useHeldWords()
  const holding = useStore(useParts('sync').sync, (status) => status.holding)
  if (!holding) return null
  return (
    <Part head={own.title}>
      <p>{own.explain(withCommas(holding.residents), holding.places, withCommas(holding.most))}</p>
      <ButtonLink wide href={mePages.held()}>
        {own.title}
      </ButtonLink>
    </Part>
  )
}

/** Install, update and storage of this device. */
function Device() {
  const app = useParts('device', 'deviceActs')
  const words = useMeWords()
  const device = useStore(app.device, (state) => state)
  const { storage } = device
  return (
    <>
      {device.updateReady && (
        <Part>
          <Button look="primary" wide icon="sync" onClick={() => app.deviceActs.activateUpdate()}>
            {words.me.update}
          </Button>
          <Soft>{words.me.updateHint}</Soft>
        </Part>
      )}
      {device.installable && (
        <Part>
          <Button wide icon="plus" onClick={() => void app.deviceActs.install()}>
            {words.me.install}
          </Button>
          <Soft>{words.me.installHint}</Soft>
        </Part>
      )}
      {device.homeScreen && (
        <Part head={words.me.install}>
          <HomeScreen />
        </Part>
      )}
      {storage && (
        <Part head={words.me.storage}>
          <p>{words.me.storageUsed(formatBytes(storage.used), formatBytes(storage.quota))}</p>
          <Soft>
            {storage.persisted
              ? words.me.persisted
              : device.isKeepingRefused
                ? words.me.keepingRefused
                : words.me.notPersisted}
          </Soft>
          {!storage.persisted && (
            <Button wide onClick={() => void app.deviceActs.persist()}>
              {words.me.persist}
            </Button>
          )}
        </Part>
      )}
    </>
  )
}
