// Capacity: how many sites have to serve ground before it counts, and what fewer of them count for.
import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { type ServerDuty, serverCounts, serverRules } from '../../../engine/index.ts';
import { formatShare } from '../../format/numbers.ts';
import { useLanguage } from '../../format/use-language.ts';

export function ServerFields({
  servers,
  onChange,
}: {
  readonly servers: ServerDuty | null;
  readonly onChange: (servers: ServerDuty | null) => void;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const counts = servers?.counts ?? 'graded';
  const choices: readonly (ServerDuty['least'] | 'one')[] = ['one', ...serverCounts];
  return (
    <div className="requirement" data-testid="servers">
      <span className="field-title">{t('requirements.servers.title')}</span>
      <Segmented<ServerDuty['least'] | 'one'>
        block
        size="small"
        value={servers?.least ?? 'one'}
        onChange={(least) => onChange(least === 'one' ? null : { least, counts })}
        options={choices.map((value) => ({ value, label: t(`requirements.servers.words.${value}`) }))}
        data-testid="servers-least"
      />
      {servers === null ? (
        <small className="soft">{t('requirements.servers.notes.one')}</small>
      ) : (
        <>
          <Segmented<ServerDuty['counts']>
            block
            size="small"
            value={counts}
            onChange={(value) => onChange({ ...servers, counts: value })}
            options={serverRules.map((value) => ({
              value,
              label: t(`requirements.servers.counts.${value}`),
            }))}
            data-testid="servers-counts"
          />
          <small className="soft">
            {t(`requirements.servers.notes.${counts}`, {
              least: servers.least,
              part: formatShare(1 / servers.least, language, 0),
            })}{' '}
            {t('requirements.servers.shares')}
          </small>
        </>
      )}
    </div>
  );
}
