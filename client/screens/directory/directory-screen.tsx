// One directory as it was published: its rows beside the one before, its files, and a row opened by its address.
import { Button } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import type { DirectoryDetailJson } from '../../../server/contract/directories.ts';
import { useDirectoryRow, useDirectoryRows } from '../../api/directories.ts';
import { formatDateTime } from '../../format/dates.ts';
import { Page } from '../../parts/page.tsx';
import { useLibraryWords } from '../library/use-library-words.ts';
import { directoryPath } from './directory-path.ts';
import {
  changedDirectory,
  type DirectoryView,
  readDirectoryView,
  rowPageQueryOf,
  writeDirectoryView,
} from './directory-query.ts';
import { DirectoryRowDrawer } from './directory-row-drawer.tsx';
import { DirectoryTable } from './directory-table.tsx';

export function DirectoryScreen() {
  const { t } = useTranslation();
  const { directoryId = '' } = useParams();
  const [params, setParams] = useSearchParams();
  const view = useMemo(() => readDirectoryView(params), [params]);
  const change = (part: Partial<DirectoryView>) =>
    setParams(writeDirectoryView(changedDirectory(view, part)), { replace: part.row === undefined });
  const page = useDirectoryRows(directoryId, rowPageQueryOf(view));
  const opened = useDirectoryRow(directoryId, view.row).data;
  const { directory, against } = page.data ?? {};
  return (
    <Page
      title={directory?.number ?? t('directory.title')}
      subtitle={page.data === undefined ? undefined : <Head detail={page.data} />}
      width="full"
      testId="directory-screen"
      actions={
        <Link to="/directories">
          <Button>{t('directory.back')}</Button>
        </Link>
      }
    >
      <DirectoryTable id={directoryId} view={view} page={page} opened={opened} onChange={change} />
      {view.row === null ? null : (
        <DirectoryRowDrawer
          directoryId={directoryId}
          resourceId={view.row}
          isFirst={against === null}
          onClose={() => change({ row: null })}
        />
      )}
    </Page>
  );
}

function Head({ detail: { directory, against } }: { readonly detail: DirectoryDetailJson }) {
  const { t } = useTranslation();
  const words = useLibraryWords();
  return (
    <>
      {t('directory.head', {
        district: words.place(directory.districtCode),
        at: formatDateTime(directory.publishedAt, words.language),
        publisher: directory.publisher,
        count: directory.rows,
      })}
      {directory.note === '' ? null : ` · ${directory.note}`}
      {' · '}
      {against === null ? (
        t('directory.diff.first')
      ) : (
        <Link to={directoryPath(against.id)} data-testid="directory-before">
          {t('directory.diff.against', { number: against.number })}
        </Link>
      )}
    </>
  );
}
