// One demand: candidates first, then its facts, demands of others that lie beside it, and what happened to it.
import { Button, Drawer, Tabs } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DemandJson } from '../../../server/contract/demands.ts';
import { useDemand, useDemandHistory } from '../../api/demands.ts';
import { useMay } from '../../state/session.ts';
import { Moments } from '../audit/moments.tsx';
import desk from '../shell/desk.module.css';
import { ReplyState } from '../shell/reply-state.tsx';
import { useDrawerBesideMap } from '../shell/use-drawer-beside-map.ts';
import { DemandEditor } from './demand-editor.tsx';
import { DemandFacts } from './demand-facts.tsx';
import { DemandMoves } from './demand-moves.tsx';
import { demandOnMapPath } from './demand-on-map-path.ts';
import { DemandStateTag } from './demand-state-tag.tsx';
import { MatchList } from './match-list.tsx';
import { TwinsPanel } from './twins-panel.tsx';
import { type DemandWords, useDemandWords } from './use-demand-words.ts';

export interface DemandDrawerProps {
  readonly id: string;
  readonly onOpen: (id: string) => void;
  readonly onClose: () => void;
}

export function DemandDrawer({ id, onOpen, onClose }: DemandDrawerProps) {
  const { t } = useTranslation();
  const words = useDemandWords();
  const beside = useDrawerBesideMap();
  const reply = useDemand(id);
  const demand = reply.data;
  /** The row as it was when somebody began to edit. */
  const [edited, setEdited] = useState<DemandJson | null>(null);
  if (edited !== null) {
    const done = () => setEdited(null);
    return <DemandEditor demand={edited} words={words} onSaved={done} onClose={done} />;
  }
  return (
    <Drawer
      open
      {...beside}
      onClose={onClose}
      title={demand === undefined ? t('demands.drawer.title') : demand.name || demand.code}
      extra={
        demand === undefined ? null : (
          <>
            <DemandStateTag state={demand.state} words={words} />{' '}
            <Link to={demandOnMapPath(demand)} data-testid="demand-on-map">
              {t('demands.onMap')}
            </Link>
          </>
        )
      }
    >
      <div className={desk.stack} data-testid="demand-drawer">
        <ReplyState reply={reply} notFound={t('demands.drawer.notFound')} />
        {demand === undefined ? null : (
          <Opened demand={demand} words={words} onOpen={onOpen} onEdit={() => setEdited(demand)} />
        )}
      </div>
    </Drawer>
  );
}

interface OpenedProps {
  readonly demand: DemandJson;
  readonly words: DemandWords;
  readonly onOpen: (id: string) => void;
  readonly onEdit: () => void;
}

function Opened({ demand, words, onOpen, onEdit }: OpenedProps) {
  const { t } = useTranslation();
  const mayUpdate = useMay('demand:update');
  const mayEdit = useMay('demand:edit');
  const mayResources = useMay('resource:read');
  const tab = (key: string, children: ReactNode) => ({ key, label: t(`demands.drawer.${key}`), children });
  return (
    <>
      {mayUpdate ? (
        <div className={desk.acts}>
          {!mayEdit || demand.state === '已取消' ? null : (
            <Button onClick={onEdit} data-testid="demand-edit">
              {t('demands.edit')}
            </Button>
          )}
          <DemandMoves demand={demand} />
        </div>
      ) : null}
      {demand.mergedInto === null ? null : (
        <p className={desk.soft}>
          {t('demands.drawer.merged')}{' '}
          <Button type="link" size="small" onClick={() => onOpen(demand.mergedInto ?? '')}>
            {t('demands.drawer.toKept')}
          </Button>
        </p>
      )}
      <Tabs
        size="small"
        items={[
          ...(mayResources ? [tab('matches', <MatchList demand={demand} words={words} />)] : []),
          tab('facts', <DemandFacts demand={demand} words={words} />),
          tab('twins', <TwinsPanel demand={demand} words={words} onOpen={onOpen} />),
          tab('history', <History demand={demand} words={words} />),
        ]}
      />
    </>
  );
}

function History({ demand, words }: Pick<OpenedProps, 'demand' | 'words'>) {
  const reply = useDemandHistory(demand.id);
  const { resourceId, resourceCode } = demand;
  const valueName = (column: string, value: unknown) => {
    if (typeof value !== 'string' || value === '') return null;
    if (column === 'district_code' || column === 'town_code') return words.library.place(value);
    return column === 'resource_id' && value === resourceId ? resourceCode : null;
  };
  const valueWords = {
    state: 'demands.state',
    scenario: 'demands.word.scenario',
    form: 'demands.word.form',
    reason: 'demands.word.reason',
  };
  return (
    <Moments
      records={reply.data?.records}
      error={reply.error}
      columnWords="demands.record"
      valueWords={valueWords}
      valueName={valueName}
    />
  );
}
