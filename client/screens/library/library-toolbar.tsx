// The filters of the library as data, and its export.
import { DownloadOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { libraryTypes } from '../../../engine/index.ts';
import { resourcesExportUrl } from '../../api/resources.ts';
import { QueryBar, type QueryChoice } from '../../parts/query-bar.tsx';
import { download } from '../../state/download.ts';
import { exportQueryOf, isFiltered, type LibraryView } from './library-query.ts';
import type { LibraryWords } from './use-library-words.ts';
import { usePlaceChoices } from './use-place-choices.ts';

export interface LibraryToolbarProps {
  readonly view: LibraryView;
  readonly words: LibraryWords;
  readonly onChange: (change: Partial<LibraryView>) => void;
  readonly onClear: () => void;
}

type ChoiceKey = 'type' | 'district' | 'town' | 'whitelisted' | 'confirmed';

export function LibraryToolbar({ view, words, onChange, onClear }: LibraryToolbarProps) {
  const { t } = useTranslation();
  return (
    <QueryBar
      testId="library"
      search={{ q: view.q, placeholder: t('library.search'), onSearch: (q) => onChange({ q }) }}
      choices={useChoices(view, words)}
      values={{
        type: view.resourceType,
        district: view.districtCode,
        town: view.townCode,
        whitelisted: view.whitelisted === null ? null : String(view.whitelisted),
        confirmed: view.confirmed === null ? null : String(view.confirmed),
      }}
      onChoose={(key, value) => onChange(changeOf(key, value))}
      isFiltered={isFiltered(view)}
      onClear={onClear}
    />
  );
}

function changeOf(key: ChoiceKey, value: string | null): Partial<LibraryView> {
  switch (key) {
    case 'type':
      return { resourceType: value };
    case 'district':
      // towns of another district would leave nothing
      return { districtCode: value, townCode: null };
    case 'town':
      return { townCode: value };
    default:
      return { [key]: value === null ? null : value === 'true' };
  }
}

function useChoices(view: LibraryView, words: LibraryWords): readonly QueryChoice<ChoiceKey>[] {
  const { t } = useTranslation();
  const places = usePlaceChoices(view.districtCode).map((choice) => ({
    ...choice,
    key: choice.key === 'districtCode' ? ('district' as const) : ('town' as const),
  }));
  const yesNo = (key: 'whitelisted' | 'confirmed') => ({
    key,
    label: words.field(key === 'confirmed' ? 'ownerConfirmedAt' : key),
    anyLabel: t(`library.filter.${key}`),
    options: [
      { value: 'true', label: t(`library.filter.${key}Yes`) },
      { value: 'false', label: t(`library.filter.${key}No`) },
    ],
  });
  return [
    {
      key: 'type',
      label: words.field('resourceType'),
      anyLabel: t('library.filter.type'),
      options: libraryTypes.map(({ code }) => ({ value: code, label: words.resourceType(code) })),
    },
    ...places,
    yesNo('whitelisted'),
    yesNo('confirmed'),
  ];
}

export function LibraryExport({ view }: Pick<LibraryToolbarProps, 'view'>) {
  const { t } = useTranslation();
  const exportAs = (format: 'xlsx' | 'geojson') =>
    void download(`resources.${format}`, resourcesExportUrl(format, exportQueryOf(view)));
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'xlsx', label: t('library.exportXlsx') },
          { key: 'geojson', label: t('library.exportGeojson') },
        ],
        onClick: ({ key }) => exportAs(key === 'xlsx' ? 'xlsx' : 'geojson'),
      }}
    >
      <Button icon={<DownloadOutlined />} title={t('library.exportHint')} data-testid="library-export">
        {t('library.export')}
      </Button>
    </Dropdown>
  );
}
