// The columns of the accounts: who, as what, for which places, in which state, how they come in and when they last did.
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { AccountJson } from '../../../server/contract/people.ts';
import { formatDateTime } from '../../format/dates.ts';
import { useLanguage } from '../../format/use-language.ts';
import type { DeskColumn } from '../../parts/desk-table.tsx';
import { useMe } from '../../state/session.ts';
import { AccountActions } from './account-actions.tsx';
import styles from './people.module.css';
import type { AccountState } from './people-query.ts';
import type { PeopleWords } from './use-people-words.ts';

export function useAccountColumns(
  words: PeopleWords,
  mayChange: boolean,
  onOpen: (account: AccountJson) => void,
): readonly DeskColumn<AccountJson>[] {
  const { t } = useTranslation();
  const language = useLanguage();
  const column = (key: string) => ({ key, title: t(`people.column.${key}`) });
  return [
    {
      ...column('name'),
      widthPx: 170,
      fixed: true,
      sortable: true,
      render: ({ name, login, disabledAt }) => (
        <span
          className={`${styles.person} ${disabledAt === null ? '' : styles.off}`}
          data-testid={`account-${login}`}
        >
          <b>{name}</b>
          <small>{login}</small>
        </span>
      ),
    },
    { ...column('role'), widthPx: 120, sortable: true, render: ({ role }) => words.role(role) },
    {
      ...column('organisation'),
      widthPx: 180,
      sortable: true,
      render: ({ organisation }) => organisation || '—',
    },
    {
      ...column('territory'),
      widthPx: 200,
      render: ({ territory }) => words.territory(territory),
    },
    { ...column('state'), widthPx: 200, render: (account) => <StateTags account={account} /> },
    { ...column('door'), widthPx: 150, render: (account) => <Doors account={account} /> },
    {
      ...column('lastSeenAt'),
      title: t('people.column.lastSeen'),
      widthPx: 150,
      sortable: true,
      render: ({ lastSeenAt }) => formatDateTime(lastSeenAt, language),
    },
    {
      ...column('createdAt'),
      widthPx: 150,
      sortable: true,
      optional: true,
      render: ({ createdAt }) => formatDateTime(createdAt, language),
    },
    {
      ...column('disabledAt'),
      widthPx: 150,
      optional: true,
      render: ({ disabledAt }) => formatDateTime(disabledAt, language),
    },
    {
      ...column('actions'),
      widthPx: 130,
      render: (account) => <AccountActions account={account} mayChange={mayChange} onOpen={onOpen} />,
    },
  ];
}

export const stateOfAccount = ({
  disabledAt,
  lockedUntil,
}: Pick<AccountJson, 'disabledAt' | 'lockedUntil'>): AccountState => {
  if (disabledAt !== null) return 'disabled';
  return lockedUntil === null ? 'active' : 'locked';
};

const colours: Readonly<Record<AccountState, string>> = {
  active: 'green',
  locked: 'red',
  disabled: 'default',
};

function StateTags({ account }: { readonly account: AccountJson }) {
  const { t } = useTranslation();
  const isMe = useMe()?.id === account.id;
  const state = stateOfAccount(account);
  return (
    <>
      <Tag color={colours[state]}>{t(`people.state.${state}`)}</Tag>
      {isMe ? <Tag color="blue">{t('people.tag.me')}</Tag> : null}
      {account.isDemo ? <Tag color="gold">{t('people.tag.demo')}</Tag> : null}
      {account.mustChangePassword ? <Tag>{t('people.tag.mustChange')}</Tag> : null}
    </>
  );
}

function Doors({ account: { hasPassword, oidcLinked } }: { readonly account: AccountJson }) {
  const { t } = useTranslation();
  return (
    <>
      {hasPassword ? <Tag>{t('people.door.password')}</Tag> : null}
      {oidcLinked ? <Tag>{t('people.door.provider')}</Tag> : null}
      {hasPassword || oidcLinked ? null : <Tag color="orange">{t('people.door.none')}</Tag>}
    </>
  );
}
