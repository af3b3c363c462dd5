// What the next directory would add, remove and change against the last one of its district; each row leads to its resource on the map.
import { Alert, Table, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DirectoryDiffJson } from '../../../server/contract/directories.ts';
import { useMay } from '../../state/session.ts';
import styles from '../library/library.module.css';
import { useLibraryWords } from '../library/use-library-words.ts';
import { ChangeTag, changeColours } from './change-tag.tsx';
import { changesText } from './field-text.ts';

const SHOWN_FIELDS = 4;
const told = ['added', 'removed', 'changed'] as const;

export function DirectoryDiff({ diff }: { readonly diff: DirectoryDiffJson }) {
  const { t } = useTranslation();
  const words = useLibraryWords();
  const mayRead = useMay('resource:read');
  const { against, unchanged, rows } = diff;
  const differing = diff.added + diff.removed + diff.changed;
  return (
    <section data-testid="directory-diff">
      <p className={styles.acts}>
        {against === null ? t('directory.diff.first') : t('directory.diff.against', { number: against })}
        {told.map((change) =>
          diff[change] === 0 ? null : (
            <Tag key={change} color={changeColours[change]}>
              {t(`directory.diff.${change}`, { count: diff[change] })}
            </Tag>
          ),
        )}
        {unchanged === 0 ? null : <Tag>{t('directory.diff.unchanged', { count: unchanged })}</Tag>}
      </p>
      {against !== null && differing === 0 ? <Alert type="info" title={t('directory.diff.same')} /> : null}
      {/* in the first one everything is new: there is nothing to compare */}
      {against !== null && differing > 0 ? (
        <Table
          size="small"
          rowKey="resourceId"
          dataSource={rows}
          pagination={{ defaultPageSize: 10, pageSizeOptions: [10, 50, 100], hideOnSinglePage: true }}
          scroll={{ x: 600, y: 'min(300px, 34vh)' }}
          {...(rows.length < differing && {
            footer: () => t('directory.diff.shown', { count: rows.length }),
          })}
          columns={[
            {
              key: 'change',
              title: t('directory.diff.title'),
              width: 120,
              // a page of two hundred new ones must not hide the one that went
              filters: told
                .filter((change) => diff[change] > 0)
                .map((change) => ({ text: t(`directory.diff.change.${change}`), value: change })),
              onFilter: (value, { change }) => change === value,
              render: (_, { change }) => <ChangeTag change={change} />,
            },
            {
              key: 'resource',
              title: t('directory.diff.resource'),
              width: 290,
              ellipsis: true,
              render: (_, { resourceId, code, name }) => {
                const text = `${code} ${name}`.trim();
                return mayRead ? (
                  <Link to={`/library?${new URLSearchParams({ resource: resourceId, map: '1' })}`}>
                    {text}
                  </Link>
                ) : (
                  text
                );
              },
            },
            {
              key: 'what',
              title: t('directory.diff.what'),
              ellipsis: true,
              render: (_, { fields }) => changesText(t, words, fields, SHOWN_FIELDS),
            },
          ]}
        />
      ) : null}
    </section>
  );
}
