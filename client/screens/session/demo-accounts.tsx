// One card per demonstration account; a click signs in. Said to be a demonstration, with its password, where it is offered.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SessionStateJson } from '../../../server/contract/people.ts';
import { signIn } from '../../state/session.ts';
import { RefusalNote } from './refusal-note.tsx';
import styles from './session.module.css';
import { useAttempt } from './use-attempt.ts';

export interface DemoAccountsProps {
  readonly accounts: SessionStateJson['demo'];
  readonly password: string;
  readonly onDone: () => void;
}

export function DemoAccounts({ accounts, password, onDone }: DemoAccountsProps) {
  const { t } = useTranslation();
  const { isBusy, error, attempt } = useAttempt();
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <section data-testid="demo-accounts">
      <h2>{t('session.demo.title')}</h2>
      <p className={styles.soft}>{t('session.demo.note')}</p>
      <ul className={styles.demoList}>
        {accounts.map(({ login, name, role }) => (
          <li key={login}>
            <button
              type="button"
              className={styles.demo}
              disabled={isBusy}
              aria-busy={isBusy && chosen === login}
              onClick={() => {
                setChosen(login);
                attempt(async () => {
                  await signIn(login, password);
                  onDone();
                });
              }}
              data-testid={`demo-${role}`}
            >
              <strong>{t(`people.role.${role}`)}</strong>
              <small>{name}</small>
            </button>
          </li>
        ))}
      </ul>
      <p className={styles.demoPassword}>{t('session.demo.password', { password })}</p>
      <RefusalNote error={error} />
    </section>
  );
}
