// The published directories in the table of every desk; those who may publish see beforehand what would stand in the next one. There is
// no export of this list: each directory has its own files.
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import type { DirectoryJson } from '../../../server/contract/directories.ts';
import { useDistrictChoices } from '../../api/areas.ts';
import { useDirectoryPage } from '../../api/directories.ts';
import { formatDateTime } from '../../format/dates.ts';
import { formatCount } from '../../format/numbers.ts';
import { DayField } from '../../parts/day-field.tsx';
import { type DeskColumn, DeskTable } from '../../parts/desk-table.tsx';
import { Page } from '../../parts/page.tsx';
import { QueryBar } from '../../parts/query-bar.tsx';
import { useMay } from '../../state/session.ts';
import { useTableSettings } from '../../state/table-settings.ts';
import { useLibraryWords } from '../library/use-library-words.ts';
import { useTableError } from '../shell/use-table-error.ts';
import {
  changedDirectories,
  type DirectoriesView,
  directoriesQueryOf,
  directorySorts,
  isDirectoriesFiltered,
  noDirectoryFilters,
  readDirectoriesView,
  writeDirectoriesView,
} from './directories-query.ts';
import { directoryPath } from './directory-path.ts';
import { PublishDialog } from './publish-dialog.tsx';

export function DirectoriesScreen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = { publish: useMay('directory:publish'), library: useMay('resource:read') };
  const settings = useTableSettings('directories');
  const columns = useColumns();
  const [params, setParams] = useSearchParams();
  const [publishes, setPublishes] = useState(false);
  const view = useMemo(() => readDirectoriesView(params), [params]);
  const change = (part: Partial<DirectoriesView>) =>
    setParams(writeDirectoriesView(changedDirectories(view, part)), { replace: true });
  const list = useDirectoryPage(directoriesQueryOf(view));
  const refused = useTableError(list);
  return (
    <Page
      title={t('directory.title')}
      subtitle={t('directory.subtitle')}
      width="full"
      testId="directories-screen"
      actions={
        <>
          {may.library ? (
            <Link to="/library">
              <Button>{t('directory.toLibrary')}</Button>
            </Link>
          ) : null}
          {may.publish ? (
            <Button type="primary" onClick={() => setPublishes(true)} data-testid="directory-publish">
              {t('directory.publish')}
            </Button>
          ) : null}
        </>
      }
    >
      <DeskTable
        testId="directories"
        rows={list.data?.directories ?? []}
        rowKey={({ id }) => id}
        columns={columns}
        settings={settings}
        total={list.data?.total ?? null}
        page={view.page}
        pageSize={view.pageSize}
        onPage={change}
        sort={{ key: view.sort, order: view.order }}
        onSort={(sort) =>
          change({
            sort: directorySorts.find((one) => one === sort?.key) ?? 'publishedAt',
            order: sort?.order ?? 'desc',
          })
        }
        isLoading={list.isFetching && (list.isPending || list.isPlaceholderData)}
        error={refused}
        onOpen={(id) => void navigate(directoryPath(id))}
        toolbar={<Filters view={view} onChange={change} />}
        view={{
          query: writeDirectoriesView({ ...view, page: 1 }).toString(),
          onTake: (query) => change(readDirectoriesView(new URLSearchParams(query))),
        }}
        empty={{
          isFiltered: isDirectoriesFiltered(view),
          text: t(may.publish ? 'directory.emptyPublish' : 'directory.empty'),
          onClear: () => change(noDirectoryFilters),
        }}
      />
      {publishes ? (
        <PublishDialog
          onPublished={({ id }) => void navigate(directoryPath(id))}
          onClose={() => setPublishes(false)}
        />
      ) : null}
    </Page>
  );
}

interface FiltersProps {
  readonly view: DirectoriesView;
  readonly onChange: (change: Partial<DirectoriesView>) => void;
}

function Filters({ view, onChange }: FiltersProps) {
  const { t } = useTranslation();
  const districts = useDistrictChoices();
  return (
    <QueryBar
      testId="directories"
      search={{
        q: view.q ?? '',
        placeholder: t('directory.search'),
        onSearch: (q) => onChange({ q: q === '' ? null : q }),
      }}
      choices={[
        {
          key: 'districtCode',
          label: t('directory.column.district'),
          anyLabel: t('directory.allDistricts'),
          options:
            districts.length > 1 || view.districtCode !== null
              ? districts.map(({ code, name }) => ({ value: code, label: name }))
              : [],
          widthPx: 150,
        },
      ]}
      values={view}
      onChoose={(key, value) => onChange({ [key]: value })}
      isFiltered={isDirectoriesFiltered(view)}
      onClear={() => onChange(noDirectoryFilters)}
    >
      {(['from', 'to'] as const).map((key) => (
        <div key={key} style={{ width: 140 }}>
          <DayField
            label={t(`directory.filter.${key}`)}
            placeholder={t(`directory.filter.${key}`)}
            value={view[key]}
            {...(key === 'from' ? { to: view.to ?? undefined } : { from: view.from ?? undefined })}
            onChange={(day) => onChange({ [key]: day })}
            testId={`directories-${key}`}
          />
        </div>
      ))}
    </QueryBar>
  );
}

function useColumns(): readonly DeskColumn<DirectoryJson>[] {
  const { t } = useTranslation();
  const words = useLibraryWords();
  const column = (
    key: 'number' | 'publishedAt' | 'district' | 'rows' | 'publisher' | 'note',
    widthPx: number,
    render: DeskColumn<DirectoryJson>['render'],
  ): DeskColumn<DirectoryJson> => ({
    key,
    title: t(`directory.column.${key}`),
    widthPx,
    render,
    ...(directorySorts.some((one) => one === key) && { sortable: true }),
  });
  return [
    {
      ...column('number', 170, ({ id, number }) => (
        <Link to={directoryPath(id)} onClick={(event) => event.stopPropagation()}>
          {number}
        </Link>
      )),
      fixed: true,
    },
    column('publishedAt', 160, ({ publishedAt }) => formatDateTime(publishedAt, words.language)),
    column('district', 130, ({ districtCode }) => words.place(districtCode)),
    { ...column('rows', 100, ({ rows }) => formatCount(rows, words.language)), align: 'right' },
    column('publisher', 150, ({ publisher }) => publisher),
    column('note', 320, ({ note }) => note),
  ];
}
