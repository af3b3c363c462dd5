// One directory as a file: the whole of it as it was published, or the rows under the filters.
import { DownloadOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import type { DirectoryJson } from '../../../server/contract/directories.ts';
import { directoryExportUrl } from '../../api/directories.ts';
import { download } from '../../state/download.ts';
import { type DirectoryView, isDirectoryFiltered, rowExportQueryOf } from './directory-query.ts';

export interface ExportButtonProps {
  readonly directory: DirectoryJson;
  readonly view: DirectoryView;
}

export function ExportButton({ directory, view }: ExportButtonProps) {
  const { t } = useTranslation();
  const item = (format: 'xlsx' | 'geojson', isWhole: boolean) => ({
    key: `${format} ${isWhole}`,
    label: t(`directory.export.${format}${isWhole ? 'Whole' : 'Rows'}`),
    onClick: () =>
      void download(
        `${directory.number}${isWhole ? '' : `-${t('directory.export.part')}`}.${format}`,
        directoryExportUrl(format, directory.id, isWhole ? {} : rowExportQueryOf(view)),
      ),
  });
  const whole = [item('xlsx', true), item('geojson', true)];
  const rows = [item('xlsx', false), item('geojson', false)];
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: isDirectoryFiltered(view) ? [...whole, { type: 'divider' }, ...rows] : whole,
      }}
    >
      <Button icon={<DownloadOutlined />} title={t('directory.export.hint')} data-testid="directory-export">
        {t('directory.export.act')}
      </Button>
    </Dropdown>
  );
}
