// A plan as files: sites and totals, the table, the shown layer of the coverage, what stays uncovered, and the proof.
import { DownloadOutlined, DownOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import type { PlanJson } from '../../../server/contract/plans.ts';
import { type PlanExport, planExportUrl } from '../../api/plans.ts';
import { download } from '../../state/download.ts';
import { layerHeld } from '../../state/layer-held.ts';
import { useStore } from '../../state/make-store.ts';
import { useMay } from '../../state/session.ts';
import { useShownOperator } from '../../state/shown-operator.ts';
import { viewStore } from '../../state/view.ts';

const exportFiles: readonly { readonly file: PlanExport; readonly words: string }[] = [
  { file: 'export.geojson', words: 'geojson' },
  { file: 'export.csv', words: 'csv' },
  { file: 'export.xlsx', words: 'xlsx' },
  { file: 'coverage.tif', words: 'tif' },
  { file: 'coverage.zip', words: 'picture' },
  { file: 'uncovered.geojson', words: 'uncovered' },
];

export function ExportMenu({ plan }: { readonly plan: PlanJson }) {
  const { t } = useTranslation();
  const wished = useStore(viewStore, (view) => view.coverageLayer);
  const ramp = useStore(viewStore, (view) => view.ramp);
  const layer = plan.summary === null ? 'level' : layerHeld(plan.summary, wished);
  const operator = useShownOperator(plan);
  const mayExport = useMay('plan:export');
  const certificate = plan.summary?.certificate ?? null;
  const proofFiles: readonly { readonly file: PlanExport; readonly words: string }[] =
    certificate === null
      ? []
      : [
          { file: 'certificate.json', words: 'certificate' },
          ...(certificate.method === 'counted' ? [] : [{ file: 'prices.bin' as const, words: 'prices' }]),
          { file: 'proof.zip', words: 'archive' },
        ];
  if (!mayExport) return null;
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          ...exportFiles.map(({ file, words }) => ({
            key: file,
            label: (
              <span data-testid={`export-${words}`}>
                {t(`plan.actions.${words}`, { layer: t(`coverage.coverageLayers.${layer}`) })}
              </span>
            ),
          })),
          ...proofFiles.map(({ file, words }) => ({
            key: file,
            label: <span data-testid={`export-${words}`}>{t(`proof.exports.${words}`)}</span>,
          })),
        ],
        onClick: ({ key, domEvent }) => {
          domEvent.stopPropagation();
          void download('', planExportUrl(plan.id, key as PlanExport, { layer, ramp, operator }));
        },
      }}
    >
      <Button size="small" icon={<DownloadOutlined />} data-testid="plan-export">
        {t('plan.actions.export')} <DownOutlined />
      </Button>
    </Dropdown>
  );
}
