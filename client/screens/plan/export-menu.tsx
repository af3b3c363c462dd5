// A plan as files: sites and totals, the table, the coverage raster, what stays uncovered.
import { DownloadOutlined, DownOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { type PlanExport, planExportUrl } from '../../api/plans.ts';
import { saveAddress } from '../../parts/save-file.ts';

const exportFiles: readonly { readonly file: PlanExport; readonly words: string }[] = [
  { file: 'export.geojson', words: 'geojson' },
  { file: 'export.csv', words: 'csv' },
  { file: 'coverage.tif', words: 'tif' },
  { file: 'uncovered.geojson', words: 'uncovered' },
];

export function ExportMenu({ planId }: { readonly planId: string }) {
  const { t } = useTranslation();
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: exportFiles.map(({ file, words }) => ({
          key: file,
          label: <span data-testid={`export-${words}`}>{t(`plan.actions.${words}`)}</span>,
        })),
        onClick: ({ key, domEvent }) => {
          domEvent.stopPropagation();
          saveAddress('', planExportUrl(planId, key as PlanExport));
        },
      }}
    >
      <Button size="small" icon={<DownloadOutlined />} data-testid="plan-export">
        {t('plan.actions.export')} <DownOutlined />
      </Button>
    </Dropdown>
  );
}
