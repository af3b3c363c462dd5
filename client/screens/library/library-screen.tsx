// The resource library: states as tabs, filters in the address, one table, a drawer for the opened resource, work on many at once.
import { Button } from 'antd';
import { startTransition, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { LinkButton } from '../../parts/link-button.tsx';
import { Page } from '../../parts/page.tsx';
import { useChosenRows } from '../../parts/use-chosen-rows.ts';
import { useMay, useMe } from '../../state/session.ts';
import { NewBatchButton } from '../batches/new-batch-button.tsx';
import { BulkClaimDialog } from '../claims/bulk-claim-dialog.tsx';
import { BulkMoveDialog } from './bulk-move-dialog.tsx';
import {
  changedView,
  type LibraryView,
  plainView,
  readLibraryView,
  writeLibraryView,
} from './library-query.ts';
import { LibraryTable } from './library-table.tsx';
import { NewResourceDialog } from './new-resource-dialog.tsx';
import { bulkTargets } from './resource-acts.ts';
import { ResourceDrawer } from './resource-drawer.tsx';
import { TakeOverDialog } from './take-over-dialog.tsx';
import { useLibraryWords } from './use-library-words.ts';

export function LibraryScreen() {
  const { t } = useTranslation();
  const words = useLibraryWords();
  const me = useMe();
  const may = { create: useMay('resource:create'), directories: useMay('directory:read') };
  const [params, setParams] = useSearchParams();
  const view = useMemo(() => readLibraryView(params), [params]);
  const change = (part: Partial<LibraryView>) =>
    setParams(writeLibraryView(changedView(view, part)), { replace: part.resourceId === undefined });
  const [chosenRows, setChosen] = useChosenRows();
  const chosen = chosenRows.map(({ id }) => id);
  // opened in slices (startTransition): the table behind the dialog is drawn anew as well
  const [dialog, setDialog] = useState<'move' | 'claim' | 'takeOver' | 'add' | null>(null);
  const mayConfirm = useMay('resource:confirm');
  const mayClaim = useMay('claim:create');
  const maySubmit = useMay('batch:submit');
  const mayMove = mayConfirm || (me !== null && bulkTargets(me).length > 0);

  return (
    <Page
      title={t('library.title')}
      subtitle={t('library.subtitle')}
      width="full"
      testId="library-screen"
      actions={
        <>
          {may.directories ? (
            <LinkButton to="/directories" data-testid="library-directories">
              {t('library.directories')}
            </LinkButton>
          ) : null}
          {may.create ? (
            <>
              <Button
                onClick={() => startTransition(() => setDialog('takeOver'))}
                data-testid="library-take-over"
              >
                {t('library.takeOverAct')}
              </Button>
              <Button
                type="primary"
                onClick={() => startTransition(() => setDialog('add'))}
                data-testid="library-add"
              >
                {t('library.add')}
              </Button>
            </>
          ) : null}
        </>
      }
    >
      <LibraryTable
        view={view}
        words={words}
        chosen={
          mayMove || mayClaim || maySubmit
            ? {
                ids: chosen,
                onChange: setChosen,
                acts: (
                  <>
                    {mayMove ? (
                      <Button
                        size="small"
                        type="primary"
                        onClick={() => startTransition(() => setDialog('move'))}
                        data-testid="library-bulk"
                      >
                        {t('library.bulk.act')}
                      </Button>
                    ) : null}
                    {mayClaim ? (
                      <Button
                        size="small"
                        onClick={() => startTransition(() => setDialog('claim'))}
                        data-testid="library-claim"
                      >
                        {t('claims.bulk.act')}
                      </Button>
                    ) : null}
                    {maySubmit ? (
                      <NewBatchButton rows={chosen.length} source={{ resourceIds: [...chosen] }} />
                    ) : null}
                  </>
                ),
              }
            : null
        }
        onChange={change}
      />
      {view.resourceId === null ? null : (
        <ResourceDrawer
          key={view.resourceId}
          id={view.resourceId}
          onClose={() => change({ resourceId: null })}
        />
      )}
      {dialog === 'move' && me !== null ? (
        <BulkMoveDialog
          rows={chosenRows}
          targets={bulkTargets(me)}
          confirms={mayConfirm}
          onDone={() => setChosen([])}
          onClose={() => setDialog(null)}
        />
      ) : null}
      {dialog === 'claim' ? (
        <BulkClaimDialog
          wanted={chosen.map((resourceId) => ({ resourceId }))}
          onDone={() => setChosen([])}
          onClose={() => setDialog(null)}
        />
      ) : null}
      {dialog === 'add' ? (
        <NewResourceDialog
          onAdded={(resourceId) => {
            setDialog(null);
            change({ resourceId });
          }}
          onClose={() => setDialog(null)}
        />
      ) : null}
      {dialog === 'takeOver' ? (
        <TakeOverDialog
          onShow={() => change({ ...plainView, state: '待产权确认' })}
          onClose={() => setDialog(null)}
        />
      ) : null}
    </Page>
  );
}
