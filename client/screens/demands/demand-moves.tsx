// What people move by hand: give the resource back, cancel, take up again. Each asks for its reason.
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DemandJson, DemandMoveJson } from '../../../server/contract/demands.ts';
import { useMoveDemand } from '../../api/demands.ts';
import { makeAct } from '../../api/once-key.ts';
import { ReasonDialog } from '../library/reason-dialog.tsx';
import { RowNews } from '../shell/row-news.tsx';
import { useDemandWords } from './use-demand-words.ts';

type Work = 'release' | 'cancel' | 'reopen';

const target: Readonly<Record<Work, DemandMoveJson['to']>> = {
  release: '新建',
  cancel: '已取消',
  reopen: '新建',
};

export function DemandMoves({ demand }: { readonly demand: DemandJson }) {
  const { t } = useTranslation();
  const words = useDemandWords();
  const { message } = App.useApp();
  const move = useMoveDemand();
  const [act] = useState(makeAct);
  const [work, setWork] = useState<Work | null>(null);
  const offered = offeredMoves(demand);
  const close = () => {
    setWork(null);
    move.reset();
  };
  const run = (to: DemandMoveJson['to'], reason: string) =>
    act
      .run((once) => move.mutateAsync({ demand, move: { to, reason }, once }))
      .then(() => {
        void message.success(t('demands.done.moved'));
        close();
      })
      // the dialog shows the refusal
      .catch(() => undefined);
  return (
    <>
      {offered.map((one) => (
        <Button
          key={one}
          danger={one === 'cancel'}
          onClick={() => setWork(one)}
          data-testid={`demand-${one}`}
        >
          {t(`demands.move.${one}`)}
        </Button>
      ))}
      {work === null ? null : (
        <ReasonDialog
          title={t(`demands.move.${work}`)}
          note={t(`demands.moveNote.${work}`)}
          news={
            <RowNews
              row={demand}
              shownOf={({ state, resourceCode }) => ({ state, resource: resourceCode })}
              label={words.field}
              value={(key) => (key === 'state' ? words.state(demand.state) : (demand.resourceCode ?? '—'))}
            />
          }
          okText={t(`demands.move.${work}`)}
          reasonNeeded
          danger={work === 'cancel'}
          isPending={move.isPending}
          error={move.error}
          onOk={(reason) => void run(target[work], reason)}
          onClose={close}
        />
      )}
    </>
  );
}

function offeredMoves({ state, mergedInto }: DemandJson): readonly Work[] {
  if (state === '新建') return ['cancel'];
  if (state === '已匹配') return ['release', 'cancel'];
  return state === '已取消' && mergedInto === null ? ['reopen'] : [];
}
