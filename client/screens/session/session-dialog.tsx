// Over whatever is on the screen: sign in again, choose a password, or learn that somebody else took over this browser.
// The screen below keeps everything; keys typed here do not reach it.
import { Button, Modal } from 'antd';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { providerAddress } from '../../api/session.ts';
import { useStore } from '../../state/make-store.ts';
import { lookAgain, sessionStore, signInLater, signOut } from '../../state/session.ts';
import { PasswordForm } from './password-form.tsx';
import styles from './session.module.css';
import { SignInForm } from './sign-in-form.tsx';

/** Above dialogs and drawers of screens. */
const ABOVE_ALL = 2000;

export function SessionDialog() {
  const { t } = useTranslation();
  const { me, asks, other, door } = useStore(sessionStore, (session) => session);
  useWindowFocus(lookAgain);
  if (other !== null) {
    return (
      <Frame title={t('session.other.title', { name: other })} testId="session-other">
        <p className={styles.soft} style={{ marginTop: 0 }}>
          {t('session.other.note')}
        </p>
        <Button type="primary" onClick={() => window.location.assign('/')} data-testid="session-reload">
          {t('session.other.reload')}
        </Button>
      </Frame>
    );
  }
  if (asks === null || me === null) return null;
  const leave = (
    <Button type="link" style={{ padding: 0 }} onClick={() => void signOut()} data-testid="session-not-me">
      {t('session.again.not', { name: me.name })}
    </Button>
  );
  if (asks === 'password') {
    return (
      <Frame title={t('session.change.forced')} testId="session-password">
        <p className={styles.soft} style={{ marginTop: 0 }}>
          {t('session.change.forcedNote')}
        </p>
        <PasswordForm person={me} />
        {leave}
      </Frame>
    );
  }
  return (
    <Frame title={t('session.again.title')} testId="session-again">
      <p className={styles.soft} style={{ marginTop: 0 }}>
        {t('session.again.note')}
      </p>
      <SignInForm fixedLogin={me.login} />
      {door.oidc ? (
        <p className={styles.help}>
          <a href={providerAddress} target="_blank" rel="noopener">
            {t('session.again.newWindow')}
          </a>{' '}
          {t('session.again.newWindowNote')}
        </p>
      ) : null}
      <div className={styles.sheetHead} style={{ margin: '12px 0 0' }}>
        {leave}
        <Button type="text" onClick={signInLater} data-testid="session-later">
          {t('session.again.later')}
        </Button>
      </div>
    </Frame>
  );
}

interface FrameProps {
  readonly title: string;
  readonly testId: string;
  readonly children: ReactNode;
}

function Frame({ title, testId, children }: FrameProps) {
  return (
    <Modal
      open
      title={title}
      width={420}
      footer={null}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      zIndex={ABOVE_ALL}
      transitionName=""
      maskTransitionName=""
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: only keeps keys from the screen below */}
      <div onKeyDown={(event) => event.stopPropagation()} data-testid={testId}>
        {children}
      </div>
    </Modal>
  );
}

/** At most once in a while: coming back to a window is frequent, changing places is not. */
const LOOK_EVERY_MS = 5_000;

function useWindowFocus(look: () => Promise<void>): void {
  useEffect(() => {
    let last = Date.now();
    const listen = () => {
      if (Date.now() - last < LOOK_EVERY_MS) return;
      last = Date.now();
      void look();
    };
    window.addEventListener('focus', listen);
    return () => window.removeEventListener('focus', listen);
  }, [look]);
}
