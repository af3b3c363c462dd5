// Demands of other operators so close that one site may serve them all: look at each, or merge it into this one.
import { App, Button, Empty, Spin } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DemandJson, DemandTwinJson } from '../../../server/contract/demands.ts';
import { useMergeDemands, useTwins } from '../../api/demands.ts';
import { makeAct } from '../../api/once-key.ts';
import { formatNumber } from '../../format/numbers.ts';
import { useMay, useMe } from '../../state/session.ts';
import { ReasonDialog } from '../library/reason-dialog.tsx';
import { RefusalNote } from '../session/refusal-note.tsx';
import desk from '../shell/desk.module.css';
import { DemandStateTag } from './demand-state-tag.tsx';
import type { DemandWords } from './use-demand-words.ts';

export interface TwinsPanelProps {
  readonly demand: DemandJson;
  readonly words: DemandWords;
  readonly onOpen: (id: string) => void;
}

export function TwinsPanel({ demand, words, onOpen }: TwinsPanelProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const reply = useTwins(demand.id);
  const merge = useMergeDemands();
  const [act] = useState(makeAct);
  const [chosen, setChosen] = useState<DemandTwinJson | null>(null);
  const me = useMe();
  const mayUpdate = useMay('demand:update');
  const mayMerge = mayUpdate && me?.role !== 'operator';
  const isWaiting = demand.state === '新建' || demand.state === '已匹配';
  const close = () => {
    setChosen(null);
    merge.reset();
  };
  const run = (twin: DemandTwinJson, reason: string) => {
    const seen = ({ id, version }: Pick<DemandJson, 'id' | 'version'>) => ({ id, version });
    act
      .run((once) => merge.mutateAsync({ merge: { keep: seen(demand), merge: [seen(twin)], reason }, once }))
      .then(() => {
        void message.success(t('demands.done.merged'));
        close();
      })
      // the dialog shows the refusal
      .catch(() => undefined);
  };
  const pairs = reply.data?.pairs ?? [];
  const radius = words.metres(reply.data?.radiusM ?? null);
  return (
    <div className={desk.stack} data-testid="demand-twins">
      <RefusalNote error={reply.error} />
      {reply.isPending ? <Spin /> : null}
      {reply.data === undefined ? null : pairs.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('demands.twins.none', { radius })} />
      ) : (
        <p className={desk.soft}>{t('demands.twins.note', { radius })}</p>
      )}
      <ul className={desk.plainList}>
        {pairs.map(({ second, distanceM }) => (
          <li key={second.id} className={desk.line}>
            <Button type="link" size="small" style={{ padding: 0 }} onClick={() => onOpen(second.id)}>
              {second.name || second.code}
            </Button>
            <span>{second.operator}</span>
            <DemandStateTag state={second.state} words={words} />
            <span className={desk.soft}>{`${formatNumber(distanceM, words.language, 0)} m`}</span>
            {mayMerge && isWaiting ? (
              <Button size="small" onClick={() => setChosen(second)} data-testid="twin-merge">
                {t('demands.twins.merge')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {chosen === null ? null : (
        <ReasonDialog
          title={t('demands.twins.title', { name: chosen.name || chosen.code })}
          note={t('demands.twins.mergeNote', { operator: chosen.operator })}
          okText={t('demands.twins.merge')}
          reasonNeeded
          danger={false}
          isPending={merge.isPending}
          error={merge.error}
          onOk={(reason) => run(chosen, reason)}
          onClose={close}
        />
      )}
    </div>
  );
}
