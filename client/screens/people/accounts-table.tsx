// The accounts as rows: who, as what, for which places, in which state, and what can be done.
import { Empty, Table, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { AccountJson } from '../../../server/contract/people.ts';
import { formatDateTime } from '../../format/dates.ts';
import { useLanguage } from '../../format/use-language.ts';
import { useMe } from '../../state/session.ts';
import { AccountActions } from './account-actions.tsx';
import styles from './people.module.css';
import { usePeopleWords } from './use-people-words.ts';

export interface AccountsTableProps {
  readonly accounts: readonly AccountJson[];
  readonly isLoading: boolean;
  readonly mayChange: boolean;
  readonly page: {
    readonly current: number;
    readonly pageSize: number;
    readonly total: number;
    readonly onChange: (page: number) => void;
  };
  readonly onOpen: (account: AccountJson) => void;
}

export function AccountsTable({ accounts, isLoading, mayChange, page, onOpen }: AccountsTableProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const words = usePeopleWords();
  return (
    <div className={styles.table}>
      <Table<AccountJson>
        size="small"
        rowKey="id"
        loading={isLoading}
        dataSource={[...accounts]}
        scroll={{ x: 1060 }}
        pagination={{ ...page, hideOnSinglePage: true, showSizeChanger: false }}
        rowClassName={(account) => (account.disabledAt === null ? '' : styles.off!)}
        onRow={(account) => ({ onDoubleClick: () => mayChange && onOpen(account) })}
        locale={{
          emptyText: isLoading ? (
            ' '
          ) : (
            <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('people.empty')} />
          ),
        }}
        data-testid="accounts-table"
        columns={[
          {
            key: 'name',
            title: t('people.column.name'),
            width: 180,
            render: (_, account) => (
              <span className={styles.person} data-testid={`account-${account.login}`}>
                <b>{account.name}</b>
                <small>{account.login}</small>
              </span>
            ),
          },
          {
            key: 'role',
            title: t('people.column.role'),
            width: 120,
            render: (_, account) => words.role(account.role),
          },
          {
            key: 'organisation',
            title: t('people.column.organisation'),
            width: 180,
            ellipsis: true,
            render: (_, account) => account.organisation || '—',
          },
          {
            key: 'territory',
            title: t('people.column.territory'),
            ellipsis: true,
            render: (_, account) => words.territory(account.territory),
          },
          {
            key: 'state',
            title: t('people.column.state'),
            width: 200,
            render: (_, account) => <StateTags account={account} />,
          },
          {
            key: 'lastSeen',
            title: t('people.column.lastSeen'),
            width: 140,
            render: (_, account) => formatDateTime(account.lastSeenAt, language),
          },
          {
            key: 'actions',
            title: t('people.column.actions'),
            width: 130,
            fixed: 'right',
            render: (_, account) => (
              <AccountActions account={account} mayChange={mayChange} onOpen={onOpen} />
            ),
          },
        ]}
      />
    </div>
  );
}

function StateTags({ account }: { readonly account: AccountJson }) {
  const { t } = useTranslation();
  const isMe = useMe()?.id === account.id;
  const { disabledAt, isDemo, oidcLinked, hasPassword, mustChangePassword } = account;
  const state = disabledAt === null ? 'active' : 'disabled';
  return (
    <>
      <Tag color={state === 'active' ? 'green' : 'default'}>{t(`people.state.${state}`)}</Tag>
      {isMe ? <Tag color="blue">{t('people.tag.me')}</Tag> : null}
      {isDemo ? <Tag color="gold">{t('people.tag.demo')}</Tag> : null}
      {oidcLinked ? <Tag>{t('people.tag.oidc')}</Tag> : null}
      {hasPassword || oidcLinked ? null : <Tag color="orange">{t('people.tag.noPassword')}</Tag>}
      {mustChangePassword ? <Tag>{t('people.tag.mustChange')}</Tag> : null}
    </>
  );
}
