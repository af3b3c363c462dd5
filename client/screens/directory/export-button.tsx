// One directory as a file.
import { DownloadOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import type { DirectoryJson } from '../../../server/contract/directories.ts';
import { directoryExportUrl } from '../../api/directories.ts';
import { download } from '../../state/download.ts';

export function ExportButton({ directory }: { readonly directory: DirectoryJson }) {
  const { t } = useTranslation();
  const exportAs = (format: 'xlsx' | 'geojson') =>
    void download(`${directory.number}.${format}`, directoryExportUrl(format, directory.id));
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'xlsx', label: t('directory.exportXlsx') },
          { key: 'geojson', label: t('directory.exportGeojson') },
        ],
        onClick: ({ key }) => exportAs(key === 'xlsx' ? 'xlsx' : 'geojson'),
      }}
    >
      <Button icon={<DownloadOutlined />} data-testid="directory-export">
        {t('directory.export')}
      </Button>
    </Dropdown>
  );
}
