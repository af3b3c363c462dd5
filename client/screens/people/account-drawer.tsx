// One account to make or to change. A change that comes too late shows what somebody else did and keeps what was typed.
import { App, Button, Drawer } from 'antd';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountJson } from '../../../server/contract/people.ts';
import { freshAccount, useChangeAccount, useCreateAccount } from '../../api/accounts.ts';
import { formatDateTime } from '../../format/dates.ts';
import type { Language } from '../../format/language.ts';
import { useLanguage } from '../../format/use-language.ts';
import { useLateEdit } from '../../parts/use-late-edit.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import { LateNote } from '../shell/late-note.tsx';
import {
  type AccountDraft,
  accountChangesOf,
  accountDraftOf,
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
  const language = useLanguage();
  const words = usePeopleWords();
  const { message } = App.useApp();
  const create = useCreateAccount();
  const change = useChangeAccount();
  const edit = useLateEdit(account, accountDraftOf);
  const { base, draft } = edit;
  const [isTried, setTried] = useState(false);
  const missing = missingInAccount(draft);

  const done = (text: string) => {
    void message.success(text);
    onClose();
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
      {
        onSuccess: () => done(t('people.done.changed')),
        onError: (error) => edit.takeFresh(freshAccount(error)),
      },
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
        <LateNote
          news={edit.news}
          label={(field) => t(labels[field])}
          value={(field) => (base === null ? '' : fieldText(base, field, words, language, t))}
        />
        <AccountForm
          draft={draft}
          isNew={base === null}
          oidcLinked={base?.oidcLinked ?? false}
          missing={isTried ? missing : []}
          onChange={edit.change}
        />
        <RefusalNote error={create.error ?? (freshAccount(change.error) === null ? change.error : null)} />
      </div>
    </Drawer>
  );
}

const labels: Readonly<Record<keyof AccountDraft, string>> = {
  login: 'people.form.login',
  name: 'people.form.name',
  role: 'people.form.role',
  organisation: 'people.form.organisation',
  territory: 'people.form.territory',
  password: 'people.form.password',
  oidcLinkAllowed: 'people.form.oidc',
  disabledAt: 'people.column.state',
};

function fieldText(
  account: AccountJson,
  field: keyof AccountDraft,
  words: PeopleWords,
  language: Language,
  t: TFunction,
): string {
  switch (field) {
    case 'role':
      return words.role(account.role);
    case 'territory':
      return words.territory(account.territory);
    case 'disabledAt':
      return account.disabledAt === null
        ? t('people.state.active')
        : `${t('people.state.disabled')} ${formatDateTime(account.disabledAt, language)}`;
    case 'oidcLinkAllowed':
      return t(account.oidcLinkAllowed ? 'audit.value.yes' : 'audit.value.no');
    case 'password':
      return '';
    default:
      return account[field] || '—';
  }
}
