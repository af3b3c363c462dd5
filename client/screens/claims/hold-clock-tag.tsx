// The clock of a hold, in the colour of its urgency; the moment itself stands behind it.
import { ClockCircleOutlined } from '@ant-design/icons';
import { Tag, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { formatDateTime } from '../../format/dates.ts';
import { useLanguage } from '../../format/use-language.ts';
import { useNow } from '../../parts/use-now.ts';
import { type HoldTone, holdClock } from './hold-clock.ts';

const colours: Readonly<Record<HoldTone, string>> = {
  calm: 'green',
  near: 'gold',
  soon: 'red',
  over: 'default',
};

export function HoldClockTag({ until }: { readonly until: string | null }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const clock = holdClock(until, useNow());
  if (clock === null) return <span>—</span>;
  const { tone, days, hours } = clock;
  const text =
    tone === 'over'
      ? t('claims.clock.over')
      : days > 0
        ? t('claims.clock.days', { days, hours })
        : t('claims.clock.hours', { hours: Math.max(hours, 1) });
  return (
    <Tooltip title={t('claims.clock.until', { at: formatDateTime(until, language) })}>
      <Tag color={colours[tone]} icon={<ClockCircleOutlined />} data-tone={tone}>
        {text}
      </Tag>
    </Tooltip>
  );
}
