// One account to make or to change. A change that comes too late shows what somebody else did and keeps what was typed.
import { Alert, App, Button, Drawer } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountJson } from '../../../server/contract/people.ts';
import { freshAccount, useChangeAccount, useCreateAccount } from '../../api/accounts.ts';
import { formatDateTime } from '../../format/dates.ts';
import { useLanguage } from '../../format/use-language.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import {
  type AccountField,
  accountChangesOf,
  changedFields,
  draftOf,
  draftOnFresh,
  emptyDraft,
  missingInAccount,
  newAccountOf,
} from './account-draft.ts';
import { AccountForm } from './account-form.tsx';
import styles from './people.module.css';
import { type PeopleWords, usePeopleWords } from './use-people-words.ts';

export interface AccountDrawerProps {
  /** Null: a new one. */
  readonly account: AccountJson | null;
  readonly onClose: () => void;
}

export function AccountDrawer({ account, onClose }: AccountDrawerProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const create = useCreateAccount();
  const change = useChangeAccount();
  /** The row the changes are made on; another one after a 412. */
  const [base, setBase] = useState(account);
  const [draft, setDraft] = useState(account === null ? emptyDraft : draftOf(account));
  const [news, setNews] = useState<readonly AccountField[]>([]);
  const [isTried, setTried] = useState(false);
  const missing = missingInAccount(draft);

  const done = (text: string) => {
    void message.success(text);
    onClose();
  };
  const takeFresh = (error: unknown) => {
    const fresh = freshAccount(error);
    if (fresh === null || base === null) return;
    setNews(changedFields(base, fresh));
    setDraft(draftOnFresh(draft, base, fresh));
    setBase(fresh);
    change.reset();
  };
  const save = () => {
    setTried(true);
    if (missing.length > 0) return;
    if (base === null) {
      create.mutate(newAccountOf(draft), {
        onSuccess: ({ login }) => done(t('people.done.created', { login })),
      });
      return;
    }
    const changes = accountChangesOf(base, draft);
    if (Object.keys(changes).length === 0) {
      onClose();
      return;
    }
    change.mutate(
      { account: base, changes },
      { onSuccess: () => done(t('people.done.changed')), onError: takeFresh },
    );
  };

  return (
    <Drawer
      open
      size={520}
      title={base === null ? t('people.form.createTitle') : t('people.form.editTitle', { login: base.login })}
      onClose={onClose}
      mask={{ closable: false }}
      footer={
        <div className={styles.line} style={{ justifyContent: 'flex-end' }}>
          <Button onClick={onClose}>{t('people.form.cancel')}</Button>
          <Button
            type="primary"
            loading={create.isPending || change.isPending}
            onClick={save}
            data-testid="account-save"
          >
            {t('people.form.save')}
          </Button>
        </div>
      }
    >
      <div className={styles.form} data-testid="account-drawer">
        {base !== null && news.length > 0 ? <Stale fresh={base} fields={news} /> : null}
        <AccountForm
          draft={draft}
          isNew={base === null}
          oidcLinked={base?.oidcLinked ?? false}
          missing={isTried ? missing : []}
          onChange={(part) => setDraft((now) => ({ ...now, ...part }))}
        />
        <RefusalNote error={create.error ?? change.error} />
      </div>
    </Drawer>
  );
}

function Stale({ fresh, fields }: { readonly fresh: AccountJson; readonly fields: readonly AccountField[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const words = usePeopleWords();
  return (
    <Alert
      type="warning"
      showIcon
      title={t('people.stale.title')}
      data-testid="account-stale"
      description={
        <>
          <div>{t('people.stale.note')}</div>
          <ul style={{ margin: '6px 0 0', paddingLeft: 18 }}>
            {fields.map((field) => (
              <li key={field}>
                {t('people.stale.field', {
                  label: t(labels[field]),
                  value: fieldText(fresh, field, words, (iso) => formatDateTime(iso, language), t),
                })}
              </li>
            ))}
          </ul>
        </>
      }
    />
  );
}

const labels: Readonly<Record<AccountField, string>> = {
  name: 'people.form.name',
  role: 'people.form.role',
  organisation: 'people.form.organisation',
  territory: 'people.form.territory',
  disabledAt: 'people.column.state',
  oidcLinkAllowed: 'people.form.oidc',
};

function fieldText(
  account: AccountJson,
  field: AccountField,
  words: PeopleWords,
  time: (iso: string | null) => string,
  t: (key: string) => string,
): string {
  switch (field) {
    case 'role':
      return words.role(account.role);
    case 'territory':
      return words.territory(account.territory);
    case 'disabledAt':
      return account.disabledAt === null
        ? t('people.state.active')
        : `${t('people.state.disabled')} ${time(account.disabledAt)}`;
    case 'oidcLinkAllowed':
      return t(account.oidcLinkAllowed ? 'audit.value.yes' : 'audit.value.no');
    default:
      return account[field];
  }
}
