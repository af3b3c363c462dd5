// The workspace: map in the middle, set-up and layers on the left, the card on the right, tables below.
// In a narrow window the panels become drawers. Map, cards and tables are handed in: app.tsx is where rooms meet.
import { DownOutlined, MenuUnfoldOutlined, UpOutlined } from '@ant-design/icons';
import { Button, Drawer, Tabs } from 'antd';
import type { ReactNode } from 'react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { KeyList } from '../../parts/key-list.tsx';
import { useNarrow } from '../../parts/use-narrow.ts';
import { useAddressBar } from '../../state/address-bar.ts';
import { useFirstLook } from '../../state/first-look.ts';
import { useStore } from '../../state/make-store.ts';
import { type BottomTab, viewStore } from '../../state/view.ts';
import { AreaDialog } from './area-dialog.tsx';
import { CoverageLegend } from './coverage-legend.tsx';
import { LeftPanel } from './left-panel.tsx';
import { useWorkspaceKeys, workspaceKeys } from './use-workspace-keys.ts';
import './workspace.css';

export interface CoverageScreenProps {
  readonly map: ReactNode;
  /** Figures of the shown plan, above the map. */
  readonly header: ReactNode;
  /** Card of the focused site or patch; draws nothing when there is none. */
  readonly card: ReactNode;
  readonly tables: Readonly<Record<BottomTab, ReactNode>>;
}

export function CoverageScreen({ map, header, card, tables }: CoverageScreenProps) {
  const { t } = useTranslation();
  useAddressBar();
  useFirstLook();
  const keys = useWorkspaceKeys();
  const isNarrow = useNarrow(900);
  const isLeftOpen = useStore(viewStore, (view) => view.leftOpen);

  // Panels that would hide the map start folded in a narrow window.
  useEffect(() => {
    viewStore.set({ leftOpen: !isNarrow });
  }, [isNarrow]);

  return (
    <div className="workspace" data-testid="workspace">
      {isNarrow ? (
        <Drawer
          placement="left"
          size={320}
          open={isLeftOpen}
          onClose={() => viewStore.set({ leftOpen: false })}
          title={t('coverage.panel')}
          className="left-drawer"
          styles={{ body: { padding: 0 } }}
        >
          <LeftPanel />
        </Drawer>
      ) : isLeftOpen ? (
        <aside className="left-panel" aria-label={t('coverage.panel')}>
          <LeftPanel />
        </aside>
      ) : null}
      <div className="centre">
        {header}
        <div className="map-area">
          {map}
          {isLeftOpen && !isNarrow ? null : (
            <Button
              className="open-panel"
              icon={<MenuUnfoldOutlined />}
              onClick={() => viewStore.set({ leftOpen: true })}
              data-testid="open-panel"
            >
              {t('coverage.setup')}
            </Button>
          )}
          <CoverageLegend />
          {card}
        </div>
        <BottomTables tables={tables} />
      </div>
      <AreaDialog />
      <KeyList
        open={keys.isHelpOpen}
        title={t('shell.keys.title')}
        lines={workspaceKeys.map(({ shown, does }) => ({ keys: [shown], does: t(`shell.keys.${does}`) }))}
        onClose={keys.closeHelp}
      />
    </div>
  );
}

const tabOrder: readonly BottomTab[] = ['items', 'library', 'uncovered', 'areas', 'districts'];

function BottomTables({ tables }: Pick<CoverageScreenProps, 'tables'>) {
  const { t } = useTranslation();
  const tab = useStore(viewStore, (view) => view.bottomTab);
  const isOpen = useStore(viewStore, (view) => view.bottomOpen);
  return (
    <section className={isOpen ? 'bottom open' : 'bottom'} data-testid="bottom">
      <Tabs
        size="small"
        activeKey={tab}
        onTabClick={(key) => viewStore.set({ bottomTab: key as BottomTab, bottomOpen: true })}
        items={tabOrder.map((key) => ({
          key,
          label: <span data-testid={`tab-${key}`}>{t(`plan.tabs.${key}`)}</span>,
        }))}
        tabBarExtraContent={
          <Button
            type="text"
            size="small"
            icon={isOpen ? <DownOutlined /> : <UpOutlined />}
            aria-label={t(isOpen ? 'coverage.closeTable' : 'coverage.openTable')}
            aria-expanded={isOpen}
            onClick={() => viewStore.set({ bottomOpen: !isOpen })}
            data-testid="toggle-bottom"
          />
        }
      />
      {isOpen ? <div className="bottom-body">{tables[tab]}</div> : null}
    </section>
  );
}
