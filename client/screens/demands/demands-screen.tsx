// The demand library: one table with its filters in the address, a drawer with the candidates of one demand, matching of many at once.
import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { startTransition, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { LinkButton } from '../../parts/link-button.tsx';
import { Page } from '../../parts/page.tsx';
import { useMay } from '../../state/session.ts';
import { BulkMatchDialog } from './bulk-match-dialog.tsx';
import { DemandDrawer } from './demand-drawer.tsx';
import { DemandEditor } from './demand-editor.tsx';
import {
  changedDemands,
  type DemandsView,
  demandMatchFiltersOf,
  readDemandsView,
  writeDemandsView,
} from './demands-query.ts';
import { DemandsTable } from './demands-table.tsx';
import { useDemandWords } from './use-demand-words.ts';

export function DemandsScreen() {
  const { t } = useTranslation();
  const words = useDemandWords();
  const may = {
    create: useMay('demand:create'),
    update: useMay('demand:update'),
    import: useMay('import:create'),
  };
  const [params, setParams] = useSearchParams();
  const view = useMemo(() => readDemandsView(params), [params]);
  const change = (part: Partial<DemandsView>) =>
    setParams(writeDemandsView(changedDemands(view, part)), { replace: part.demand === undefined });
  // opened in slices (startTransition): the table behind the dialog is drawn anew as well
  const [dialog, setDialog] = useState<'add' | 'bulk' | null>(null);
  const close = () => setDialog(null);
  return (
    <Page
      title={t('demands.title')}
      subtitle={t('demands.subtitle')}
      width="full"
      testId="demands-screen"
      actions={
        <>
          {may.update ? (
            <Button onClick={() => startTransition(() => setDialog('bulk'))} data-testid="demands-bulk">
              {t('demands.bulk.act')}
            </Button>
          ) : null}
          {may.create && may.import ? (
            <LinkButton to="/import?kind=demands" data-testid="demands-import">
              {t('demands.import')}
            </LinkButton>
          ) : null}
          {may.create ? (
            <Button
              type="primary"
              icon={<PlusOutlined />}
              onClick={() => startTransition(() => setDialog('add'))}
              data-testid="demands-add"
            >
              {t('demands.add')}
            </Button>
          ) : null}
        </>
      }
    >
      <DemandsTable view={view} words={words} onChange={change} />
      {view.demand === null ? null : (
        <DemandDrawer
          key={view.demand}
          id={view.demand}
          onOpen={(demand) => change({ demand })}
          onClose={() => change({ demand: null })}
        />
      )}
      {dialog === 'add' ? (
        <DemandEditor
          demand={null}
          words={words}
          onSaved={({ id }) => {
            close();
            change({ demand: id });
          }}
          onClose={close}
        />
      ) : null}
      {dialog === 'bulk' ? (
        <BulkMatchDialog
          filters={demandMatchFiltersOf(view)}
          words={words}
          onDone={() => {
            close();
            change({ state: '已匹配' });
          }}
          onClose={close}
        />
      ) : null}
    </Page>
  );
}
