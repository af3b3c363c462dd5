// The sign-in page: password, identity provider where there is one, demonstration accounts where the service lists some, and
// the first set-up while nobody administers the database.
import { SafetyCertificateOutlined } from '@ant-design/icons';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { useStore } from '../../state/make-store.ts';
import { goToProvider, sessionStore } from '../../state/session.ts';
import { DemoAccounts } from './demo-accounts.tsx';
import { DoorPage } from './door-page.tsx';
import styles from './session.module.css';
import { SetupForm } from './setup-form.tsx';
import { SignInForm } from './sign-in-form.tsx';

export function SignInPage() {
  const { t } = useTranslation();
  const { demo, demoPassword, oidc, setup } = useStore(sessionStore, ({ door }) => door);
  const [showsSetup, setShowsSetup] = useState(setup);
  const welcome = useWelcome();
  return (
    <DoorPage
      testId="sign-in-page"
      side={
        demo.length > 0 && demoPassword !== null && !showsSetup ? (
          <DemoAccounts accounts={demo} password={demoPassword} onDone={welcome} />
        ) : undefined
      }
    >
      <h2>{t(showsSetup ? 'session.setup.title' : 'session.signIn')}</h2>
      {showsSetup ? <p className={styles.soft}>{t('session.setup.note')}</p> : null}
      <RefusedAtProvider />
      {showsSetup ? <SetupForm onDone={welcome} /> : <SignInForm onDone={welcome} />}
      {oidc && !showsSetup ? (
        <>
          <div className={styles.or}>{t('session.or')}</div>
          <Button
            size="large"
            block
            icon={<SafetyCertificateOutlined />}
            onClick={goToProvider}
            data-testid="sign-in-provider"
          >
            {t('session.provider')}
          </Button>
        </>
      ) : null}
      {setup ? (
        <Button type="link" style={{ marginTop: 10, padding: 0 }} onClick={() => setShowsSetup(!showsSetup)}>
          {t(showsSetup ? 'session.setup.toSignIn' : 'session.setup.toSetup')}
        </Button>
      ) : (
        <p className={styles.help}>{t('session.help')}</p>
      )}
    </DoorPage>
  );
}

/** Who came for no screen in particular begins at home. */
function useWelcome(): () => void {
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  const isAnywhere = pathname === '/sign-in' || (pathname === '/' && search === '');
  return () => {
    if (isAnywhere) void navigate('/home', { replace: true });
  };
}

const knownRefusals = [
  'SESSION_OIDC_OFF',
  'SESSION_OIDC_UNREACHABLE',
  'SESSION_OIDC_FAILED',
  'SESSION_OIDC_UNKNOWN',
  'SESSION_ACCOUNT_DISABLED',
];

/** The provider's way back brings the code of a refusal in the address: outside input, shown only when it looks like one. */
function RefusedAtProvider() {
  const { t } = useTranslation();
  const code = new URLSearchParams(useLocation().search).get('refused');
  if (code === null || !/^[A-Z_]{3,60}$/.test(code)) return null;
  const key = knownRefusals.includes(code) ? code : 'other';
  return (
    <Alert
      type="warning"
      showIcon
      style={{ marginBottom: 14 }}
      title={t(`session.refused.${key}`, { code })}
      data-testid="sign-in-refused"
    />
  );
}
