// One row of a directory as it was published: what changed in it, its facts, and the way to the resource as it is now and to the map.
import { Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ListedRowJson } from '../../../server/contract/directories.ts';
import { useDirectoryRow } from '../../api/directories.ts';
import styles from '../library/library.module.css';
import { resourceOnMapPath } from '../library/resource-on-map-path.ts';
import { useLibraryWords } from '../library/use-library-words.ts';
import { ReplyState } from '../shell/reply-state.tsx';
import { useDrawerBesideMap } from '../shell/use-drawer-beside-map.ts';
import { ChangeTag } from './change-tag.tsx';
import { fieldText } from './field-text.ts';

export interface DirectoryRowDrawerProps {
  readonly directoryId: string;
  readonly resourceId: string;
  /** There is none before it: nothing is compared. */
  readonly isFirst: boolean;
  readonly onClose: () => void;
}

export function DirectoryRowDrawer({ directoryId, resourceId, isFirst, onClose }: DirectoryRowDrawerProps) {
  const { t } = useTranslation();
  const reply = useDirectoryRow(directoryId, resourceId);
  const row = reply.data;
  const onMap = row === undefined ? null : resourceOnMapPath({ siteId: null, position: row.position });
  return (
    <Drawer
      open
      {...useDrawerBesideMap()}
      onClose={onClose}
      title={row === undefined ? t('directory.row.title') : row.name || row.code}
      extra={
        <div className={styles.acts}>
          {row === undefined || isFirst ? null : <ChangeTag change={row.change} />}
          {onMap === null ? null : (
            <Link to={onMap} data-testid="directory-row-on-map">
              {t('library.drawer.onMap')}
            </Link>
          )}
        </div>
      }
    >
      <div className={styles.stack} data-testid="directory-row">
        <ReplyState reply={reply} notFound={t('directory.row.notFound')} />
        {row === undefined ? null : <Row row={row} />}
      </div>
    </Drawer>
  );
}

const groups = [
  [
    'identity',
    ['code', 'name', 'address', 'resourceType', 'districtCode', 'townCode', 'position', 'whitelisted'],
  ],
  ['ownership', ['owner', 'ownerType', 'freeStatus', 'feeCnyPerYear', 'feeBasis']],
  ['structure', ['totalHeightM', 'mountHeightsM', 'loadKg', 'slots', 'structureCheck']],
  ['power', ['powerMode', 'fibre']],
  ['limits', ['appearanceRequirement', 'constraintFlags', 'validFrom', 'validTo']],
] as const satisfies readonly (readonly [string, readonly (keyof ListedRowJson)[]])[];

function Row({ row }: { readonly row: ListedRowJson }) {
  const { t } = useTranslation();
  const words = useLibraryWords();
  return (
    <>
      {row.change === 'removed' ? <span>{t('directory.row.removed')}</span> : null}
      {row.inLibrary ? (
        <Link
          to={`/library?${new URLSearchParams({ resource: row.resourceId, map: '1' })}`}
          data-testid="directory-row-resource"
        >
          {t('directory.inLibrary')}
        </Link>
      ) : (
        <span className={styles.soft}>{t('directory.row.notInLibrary')}</span>
      )}
      {row.fields.length === 0 ? null : (
        <section className={styles.group} data-testid="directory-row-changes">
          <h3>{t('directory.diff.what')}</h3>
          <dl className={styles.facts}>
            {row.fields.map(({ field, before, after }) => (
              <div key={field}>
                <dt>{words.field(field)}</dt>
                <dd>
                  {before === null ? '—' : <del>{fieldText(words, field, before)}</del>} →{' '}
                  {fieldText(words, field, after)}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      {groups.map(([group, fields]) => (
        <section key={group} className={styles.group}>
          <h3>{t(`library.group.${group}`)}</h3>
          <dl className={styles.facts}>
            {fields.map((field) => (
              <div key={field}>
                <dt>{words.field(field)}</dt>
                <dd>{fieldText(words, field, row[field])}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </>
  );
}
