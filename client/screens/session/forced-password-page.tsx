// Before anything else: the password an administrator set is replaced by the person's own.
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { MeJson } from '../../../server/contract/people.ts';
import { signOut } from '../../state/session.ts';
import { DoorPage } from './door-page.tsx';
import { PasswordForm } from './password-form.tsx';
import styles from './session.module.css';

export function ForcedPasswordPage({ me }: { readonly me: MeJson }) {
  const { t } = useTranslation();
  return (
    <DoorPage testId="forced-password-page">
      <h2>{t('session.change.forced')}</h2>
      <p className={styles.soft}>{t('session.change.forcedNote')}</p>
      <PasswordForm person={me} hasTokens={false} />
      <Button type="link" style={{ marginTop: 10, padding: 0 }} onClick={() => void signOut()}>
        {t('session.again.not', { name: me.name })}
      </Button>
    </DoorPage>
  );
}
