// What can be done with an account besides editing it; what cuts somebody off asks first.
import { MoreOutlined } from '@ant-design/icons';
import { App, Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountJson } from '../../../server/contract/people.ts';
import { useChangeAccount, useSignOutAccount } from '../../api/accounts.ts';
import { describeError } from '../../api/fetch-reply.ts';
import { useLanguage } from '../../format/use-language.ts';
import { useMay, useMe } from '../../state/session.ts';
import { TimelineDrawer } from '../audit/timeline-drawer.tsx';
import styles from './people.module.css';
import { ResetPasswordDialog } from './reset-password-dialog.tsx';

export interface AccountActionsProps {
  readonly account: AccountJson;
  readonly mayChange: boolean;
  readonly onOpen: (account: AccountJson) => void;
}

export function AccountActions({ account, mayChange, onOpen }: AccountActionsProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { message, modal } = App.useApp();
  const mayReadAudit = useMay('audit:read');
  const isMe = useMe()?.id === account.id;
  const change = useChangeAccount();
  const signOut = useSignOutAccount();
  const [shows, setShows] = useState<'reset' | 'history' | null>(null);
  const { id, name } = account;
  const isOff = account.disabledAt !== null;
  const fail = (error: unknown) => {
    const { message: sentence, hint } = describeError(error, language);
    void message.error(`${sentence}${hint}`);
  };
  const setDisabled = (disabled: boolean) =>
    change.mutate(
      { account, changes: { disabled } },
      {
        onSuccess: () =>
          void message.success(t(`people.done.${disabled ? 'disabled' : 'enabled'}`, { name })),
        onError: fail,
      },
    );
  const ask = (question: 'disable' | 'signOut', work: () => void) =>
    modal.confirm({
      title: t(`people.ask.${question}`, { name }),
      okText: t(`people.act.${question}`),
      okButtonProps: { danger: true, 'data-testid': `account-${question}-confirm` },
      onOk: work,
    });
  const acts: Readonly<Record<string, () => void>> = {
    reset: () => setShows('reset'),
    history: () => setShows('history'),
    enable: () => setDisabled(false),
    disable: () => void ask('disable', () => setDisabled(true)),
    signOut: () =>
      void ask('signOut', () =>
        signOut.mutate(id, {
          onSuccess: ({ ended, tokens }) =>
            void message.success(t('people.done.signedOut', { count: ended, tokens })),
          onError: fail,
        }),
      ),
  };
  const item = (key: string, danger = false) => ({
    key,
    danger,
    label: <span data-testid={`account-${key}`}>{t(`people.act.${key}`)}</span>,
  });
  const items = [
    ...(mayChange && !isMe ? [item('reset'), item('signOut')] : []),
    ...(mayReadAudit ? [item('history')] : []),
    ...(mayChange && !isMe ? [isOff ? item('enable') : item('disable', true)] : []),
  ];
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the row around it opens on a click, its buttons do what they say
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    <span className={styles.actions} onClick={(event) => event.stopPropagation()}>
      {mayChange ? (
        <Button size="small" onClick={() => onOpen(account)} data-testid={`account-edit-${account.login}`}>
          {t('people.act.edit')}
        </Button>
      ) : null}
      {items.length > 0 ? (
        <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => acts[key]?.() }}>
          <Button
            size="small"
            type="text"
            icon={<MoreOutlined />}
            loading={change.isPending || signOut.isPending}
            aria-label={`${t('people.act.more')} ${name}`}
            data-testid={`account-more-${account.login}`}
          />
        </Dropdown>
      ) : null}
      {shows === 'reset' ? <ResetPasswordDialog account={account} onClose={() => setShows(null)} /> : null}
      {shows === 'history' ? (
        <TimelineDrawer object="account" objectId={id} name={name} onClose={() => setShows(null)} />
      ) : null}
    </span>
  );
}
