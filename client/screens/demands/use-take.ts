// Choosing a resource for a demand: one act at a time, offered to those who may while the demand still waits.
import { App } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DemandJson } from '../../../server/contract/demands.ts';
import { useTakeMatch } from '../../api/demands.ts';
import { makeAct } from '../../api/once-key.ts';
import { useMay } from '../../state/session.ts';

export function useTake(demand: DemandJson) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const take = useTakeMatch();
  const mayUpdate = useMay('demand:update');
  const [act] = useState(makeAct);
  const [takingId, setTakingId] = useState<string | null>(null);
  const start = (resourceId: string) => {
    setTakingId(resourceId);
    act
      .run((once) => take.mutateAsync({ demand, resourceId, once }))
      .then(() => void message.success(t('demands.done.taken')))
      // the list shows the refusal
      .catch(() => undefined)
      .finally(() => setTakingId(null));
  };
  const isWaiting = demand.state === '新建' || demand.state === '已匹配';
  return { offered: mayUpdate && isWaiting, start, takingId, error: take.error };
}
