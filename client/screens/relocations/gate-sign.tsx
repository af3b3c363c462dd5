// The gate of a relocation (先建后拆): open or locked, and the count that says why. Counted by the service, never set by hand.
import { LockOutlined, UnlockOutlined } from '@ant-design/icons';
import { Alert, Tag, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RelocationJson } from '../../../server/contract/relocations.ts';
import { formatDateTime } from '../../format/dates.ts';
import { useLanguage } from '../../format/use-language.ts';

/** For a row of the table. */
export function GateTag({ gate }: Pick<RelocationJson, 'gate'>) {
  const { t } = useTranslation();
  const word = gate.overridden ? 'overridden' : gate.open ? 'open' : 'locked';
  return (
    <Tooltip title={t(`relocations.gate.${reasonOf(gate)}`, { ...gate })}>
      <Tag
        color={gate.overridden ? 'orange' : gate.open ? 'green' : 'red'}
        icon={gate.open ? <UnlockOutlined /> : <LockOutlined />}
        data-gate={word}
      >
        {t(`relocations.gate.word.${word}`)} {gate.ready}/{gate.affected}
      </Tag>
    </Tooltip>
  );
}

/** For the page of one case. */
export function GateNote({ gate, override }: Pick<RelocationJson, 'gate' | 'override'>) {
  const { t } = useTranslation();
  const language = useLanguage();
  const word = gate.overridden ? 'overridden' : gate.open ? 'open' : 'locked';
  return (
    <Alert
      type={gate.overridden ? 'warning' : gate.open ? 'success' : 'error'}
      showIcon
      icon={gate.open ? <UnlockOutlined /> : <LockOutlined />}
      title={t(`relocations.gate.title.${word}`)}
      description={
        <>
          <div>{t(`relocations.gate.${reasonOf(gate)}`, { ...gate })}</div>
          {override === null ? null : (
            <div>
              {t('relocations.gate.by', {
                by: override.by,
                at: formatDateTime(override.at, language),
                reason: override.reason,
              })}
            </div>
          )}
        </>
      }
      data-testid="relocation-gate"
      data-gate={word}
    />
  );
}

/** What stands in the way, in the order in which it has to be cleared. */
export function reasonOf({
  affected,
  replacements,
  onAir,
  ready,
}: RelocationJson['gate']): 'noneAffected' | 'fewReplacements' | 'notOnAir' | 'noTransmission' | 'ready' {
  if (affected === 0) return 'noneAffected';
  if (ready >= affected) return 'ready';
  if (replacements < affected) return 'fewReplacements';
  return onAir < affected ? 'notOnAir' : 'noTransmission';
}
