// Changing the password by choice.
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import type { MeJson } from '../../../server/contract/people.ts';
import { PasswordForm } from './password-form.tsx';
import styles from './session.module.css';

export function PasswordTab({ me }: { readonly me: MeJson }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  return (
    <section className={styles.sheet}>
      <div className={styles.narrow}>
        <PasswordForm person={me} onDone={() => void message.success(t('session.change.done'))} />
      </div>
    </section>
  );
}
