// What a directory adds, removes and changes against the one before of its district.
import { Alert, Table, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { DirectoryDiffJson } from '../../../server/contract/directories.ts';
import { useLibraryWords } from '../library/use-library-words.ts';

const colours = { added: 'green', removed: 'red', changed: 'blue' } as const;
const SHOWN_FIELDS = 4;

export function DirectoryDiff({ diff }: { readonly diff: DirectoryDiffJson }) {
  const { t } = useTranslation();
  const words = useLibraryWords();
  const { against, added, removed, changed, unchanged, rows } = diff;
  const differing = added + removed + changed;
  const counts = { added, removed, changed };
  return (
    <section data-testid="directory-diff">
      <p>
        {against === null ? t('directory.diff.first') : t('directory.diff.against', { number: against })}{' '}
        {(['added', 'removed', 'changed'] as const).map((change) =>
          counts[change] === 0 ? null : (
            <Tag key={change} color={colours[change]}>
              {t(`directory.diff.${change}`, { count: counts[change] })}
            </Tag>
          ),
        )}
        {unchanged === 0 ? null : <Tag>{t('directory.diff.unchanged', { count: unchanged })}</Tag>}
      </p>
      {against !== null && differing === 0 ? <Alert type="info" title={t('directory.diff.same')} /> : null}
      {/* in the first one everything is new: the rows themselves say it */}
      {against !== null && differing > 0 ? (
        <Table
          size="small"
          rowKey="resourceId"
          dataSource={rows}
          pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false }}
          scroll={{ x: 560 }}
          {...(rows.length < differing && {
            footer: () => t('directory.diff.shown', { count: rows.length }),
          })}
          columns={[
            {
              key: 'change',
              title: t('directory.diff.title'),
              width: 110,
              render: (_, { change }) => (
                <Tag color={colours[change]}>{t(`directory.diff.change.${change}`)}</Tag>
              ),
            },
            {
              key: 'resource',
              title: t('directory.diff.resource'),
              width: 220,
              render: (_, { code, name }) => `${code} ${name}`.trim(),
            },
            {
              key: 'what',
              title: t('directory.diff.what'),
              render: (_, { fields }) =>
                fields
                  .slice(0, SHOWN_FIELDS)
                  .map(({ field, before, after }) =>
                    t('directory.diff.field', {
                      label: words.field(field),
                      before: words.value(field, before),
                      after: words.value(field, after),
                    }),
                  )
                  .join(words.language === 'en' ? '; ' : '；') +
                (fields.length > SHOWN_FIELDS ? ` +${fields.length - SHOWN_FIELDS}` : ''),
            },
          ]}
        />
      ) : null}
    </section>
  );
}
