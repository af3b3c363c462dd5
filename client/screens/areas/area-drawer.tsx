// One target area: how it stands, the steps whoever looks may take, what was approved and what differs from it, and its history.
import { Drawer, Tabs } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { waterKind } from '../../../engine/index.ts';
import type { AreaJson } from '../../../server/contract/areas.ts';
import { useAreaTimeline } from '../../api/areas.ts';
import { formatDateTime } from '../../format/dates.ts';
import { areasStore, pickAreas } from '../../state/areas.ts';
import { moveMapToBox } from '../../state/view.ts';
import { Moments } from '../audit/moments.tsx';
import { boxOfAreas } from '../coverage/area-choice.ts';
import desk from '../shell/desk.module.css';
import { AreaApprovals } from './area-approvals.tsx';
import { AreaMoves } from './area-moves.tsx';
import { AreaStateTag } from './area-state-tag.tsx';
import styles from './areas.module.css';
import { useAreaWords } from './use-area-words.ts';

export interface AreaDrawerProps {
  readonly area: AreaJson;
  readonly onClose: () => void;
}

export function AreaDrawer({ area, onClose }: AreaDrawerProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [tab, setTab] = useState('facts');
  const showOnMap = () => {
    const box = boxOfAreas([area]);
    if (area.kind !== waterKind && !areasStore.get().chosenIds.includes(area.id))
      pickAreas([...areasStore.get().chosenIds, area.id]);
    if (box !== null) moveMapToBox(box);
    void navigate('/');
  };
  return (
    <Drawer
      open
      size={640}
      onClose={onClose}
      title={
        <span className={desk.line}>
          {area.name} <AreaStateTag area={area} />
        </span>
      }
    >
      <div className={desk.stack} data-testid="area-drawer">
        <AreaMoves area={area} onShow={showOnMap} />
        <Tabs
          size="small"
          className={styles.tabs}
          activeKey={tab}
          onChange={setTab}
          items={[
            { key: 'facts', label: t('areas.tab.facts'), children: <AreaFacts area={area} /> },
            { key: 'approvals', label: t('areas.tab.approvals'), children: <AreaApprovals area={area} /> },
            { key: 'history', label: t('areas.tab.history'), children: <AreaHistory areaId={area.id} /> },
          ]}
        />
      </div>
    </Drawer>
  );
}

function AreaFacts({ area }: { readonly area: AreaJson }) {
  const { t } = useTranslation();
  const words = useAreaWords();
  const { approval } = area;
  const isWater = area.kind === waterKind;
  const time = (iso: string) => formatDateTime(iso, words.language);
  const facts: readonly (readonly [key: string, text: string])[] = [
    ['kind', area.kind],
    ['areaKm2', words.ground(area.areaKm2)],
    ...(isWater
      ? []
      : ([
          ['target', words.target(area)],
          [
            'approval',
            approval === null ? t('areas.neverApproved') : `${words.approval(approval)} · ${approval.byName}`,
          ],
          ...(approval === null || approval.differs.length === 0
            ? []
            : ([['differs', words.fields(approval.differs)]] as const)),
          ...(area.submittedAt === null
            ? []
            : ([['submittedName', `${area.submittedName} · ${time(area.submittedAt)}`]] as const)),
          ['stateSince', [time(area.stateSince), area.stateBy].filter(Boolean).join(' · ')],
          ...(area.stateNote === '' ? [] : ([['stateNote', area.stateNote]] as const)),
        ] as const)),
    ...(area.sourceFile === null ? [] : ([['sourceFile', area.sourceFile]] as const)),
  ];
  return (
    <div className={desk.stack}>
      {isWater ? <p className={desk.soft}>{t('areas.water')}</p> : null}
      <dl className={desk.facts} data-testid="area-facts">
        {facts.map(([key, text]) => (
          <div key={key}>
            <dt>{t(`areas.column.${key}`)}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function AreaHistory({ areaId }: { readonly areaId: string }) {
  const reply = useAreaTimeline(areaId);
  const words = useAreaWords();
  return (
    <Moments
      // an approval has its own tab
      records={reply.data?.filter(({ object }) => object === 'area')}
      error={reply.error}
      columnWords="areas.record"
      valueWords={{ state: 'areas.state' }}
      valueName={(column, value) => {
        // the outline stands in the trail as its digest
        if (column === 'geom')
          return value === undefined ? '—' : words.t('areas.outline', { mark: String(value).slice(7, 15) });
        if (column === 'deadline' && typeof value === 'string') return words.day(value);
        if (column === 'coverage_rule' && typeof value === 'string') return words.rule(value);
        if (column === 'target_share' && typeof value === 'number') return words.share(value);
        if (column === 'area_km2' && typeof value === 'number') return words.ground(value);
        return null;
      }}
    />
  );
}
