// Personal tokens: made with a purpose, a scope and an end; the value is shown once; taken back at any time.
import { PlusOutlined } from '@ant-design/icons';
import { App, Button, Empty, Popconfirm, Table, Tag, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MeJson, TokenJson } from '../../../server/contract/people.ts';
import { describeError } from '../../api/fetch-reply.ts';
import { useRevokeToken, useTokens } from '../../api/tokens.ts';
import { formatDate, formatDateTime } from '../../format/dates.ts';
import { useLanguage } from '../../format/use-language.ts';
import { usePeopleWords } from '../people/use-people-words.ts';
import { NewTokenDialog } from './new-token-dialog.tsx';
import { RefusalNote } from './refusal-note.tsx';
import styles from './session.module.css';
import { tokenState } from './token-state.ts';

const stateColours = { active: 'green', expired: 'default', revoked: 'default' } as const;

export function TokensTab({ me }: { readonly me: MeJson }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const words = usePeopleWords();
  const tokens = useTokens();
  const [isMaking, setMaking] = useState(false);
  return (
    <section className={styles.sheet}>
      <div className={styles.sheetHead}>
        <p>{t('session.tokens.note')}</p>
        <Button
          type="primary"
          icon={<PlusOutlined />}
          onClick={() => setMaking(true)}
          data-testid="token-create"
        >
          {t('session.tokens.create')}
        </Button>
      </div>
      <RefusalNote error={tokens.error} />
      <Table<TokenJson>
        size="small"
        rowKey="id"
        loading={tokens.isPending}
        dataSource={tokens.data ?? []}
        pagination={false}
        scroll={{ x: 820 }}
        locale={{
          emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('session.tokens.empty')} />,
        }}
        data-testid="tokens-table"
        columns={[
          {
            key: 'name',
            title: t('session.tokens.name'),
            render: (_, token) => {
              const state = tokenState(token);
              return (
                <>
                  {token.name} <Tag color={stateColours[state]}>{t(`session.tokens.state.${state}`)}</Tag>
                </>
              );
            },
          },
          {
            key: 'scope',
            title: t('session.tokens.scope'),
            width: 220,
            render: (_, { scope }) => <ScopeTags labels={scope.map(words.permission)} />,
          },
          {
            key: 'createdAt',
            title: t('session.tokens.createdAt'),
            width: 110,
            render: (_, token) => formatDate(token.createdAt, language),
          },
          {
            key: 'expiresAt',
            title: t('session.tokens.expiresAt'),
            width: 110,
            render: (_, token) => formatDate(token.expiresAt, language),
          },
          {
            key: 'lastUsedAt',
            title: t('session.tokens.lastUsedAt'),
            width: 140,
            render: (_, { lastUsedAt }) =>
              lastUsedAt === null ? t('session.tokens.never') : formatDateTime(lastUsedAt, language),
          },
          {
            key: 'revoke',
            width: 90,
            render: (_, token) => (tokenState(token) === 'active' ? <RevokeButton token={token} /> : null),
          },
        ]}
      />
      {isMaking ? <NewTokenDialog me={me} onClose={() => setMaking(false)} /> : null}
    </section>
  );
}

function ScopeTags({ labels }: { readonly labels: readonly string[] }) {
  const [first = '', ...rest] = labels;
  return (
    <Tooltip title={labels.length > 1 ? labels.join('；') : ''}>
      <span>
        <Tag variant="filled">{first}</Tag>
        {rest.length > 0 ? <Tag variant="filled">+{rest.length}</Tag> : null}
      </span>
    </Tooltip>
  );
}

function RevokeButton({ token }: { readonly token: TokenJson }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { message } = App.useApp();
  const revoke = useRevokeToken();
  return (
    <Popconfirm
      title={t('session.tokens.revokeAsk', { name: token.name })}
      okText={t('session.tokens.revoke')}
      okButtonProps={{ danger: true, 'data-testid': 'token-revoke-confirm' }}
      onConfirm={() =>
        revoke.mutate(token.id, {
          onError: (error) => void message.error(describeError(error, language).message),
        })
      }
    >
      <Button size="small" danger loading={revoke.isPending} data-testid="token-revoke">
        {t('session.tokens.revoke')}
      </Button>
    </Popconfirm>
  );
}
