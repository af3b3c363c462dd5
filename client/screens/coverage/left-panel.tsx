// Left panel: what to plan, or what to see.
import { MenuFoldOutlined } from '@ant-design/icons';
import { Button, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { useStore } from '../../state/make-store.ts';
import { useMay } from '../../state/session.ts';
import { type LeftTab, viewStore } from '../../state/view.ts';
import { LayerTree } from './layer-tree.tsx';
import { PlanSetup } from './plan-setup.tsx';

export function LeftPanel() {
  const { t } = useTranslation();
  const mayPlan = useMay('plan:create');
  const wished = useStore(viewStore, (view) => view.leftTab);
  const tab = mayPlan ? wished : 'layers';
  return (
    <div className="left-body">
      <div className="left-head">
        <Segmented<LeftTab>
          block
          value={tab}
          onChange={(leftTab) => viewStore.set({ leftTab })}
          options={[
            ...(mayPlan
              ? [
                  {
                    value: 'setup' as const,
                    label: <span data-testid="left-setup">{t('coverage.setup')}</span>,
                  },
                ]
              : []),
            { value: 'layers', label: <span data-testid="left-layers">{t('coverage.layersTab')}</span> },
          ]}
        />
        <Button
          className="left-fold"
          type="text"
          icon={<MenuFoldOutlined />}
          aria-label={t('coverage.closePanel')}
          onClick={() => viewStore.set({ leftOpen: false })}
        />
      </div>
      {tab === 'setup' ? <PlanSetup /> : <LayerTree />}
    </div>
  );
}
