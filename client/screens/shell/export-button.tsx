// The rows under the filters as one file.
import { DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { download } from '../../state/download.ts';

export interface ExportButtonProps {
  readonly fileName: string;
  /** null: there is nothing to take yet. */
  readonly url: string | null;
  readonly testId: string;
}

export function ExportButton({ fileName, url, testId }: ExportButtonProps) {
  const { t } = useTranslation();
  return (
    <Button
      icon={<DownloadOutlined />}
      disabled={url === null}
      onClick={() => url !== null && void download(fileName, url)}
      data-testid={testId}
    >
      {t('shell.exportTable')}
    </Button>
  );
}
