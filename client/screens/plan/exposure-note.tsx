// How far the public limit reaches in front of the antenna: a screening with its assumptions, never a verdict.
import { useTranslation } from 'react-i18next';
import type { ExposureScreening } from '../../../engine/index.ts';
import { formatDistance } from '../../format/measures.ts';
import { formatNumber } from '../../format/numbers.ts';
import { useLanguage } from '../../format/use-language.ts';

export function ExposureNote({ exposure }: { readonly exposure: ExposureScreening }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const number = (value: number, digits: number) => formatNumber(value, language, digits);
  return (
    <details className="exposure-note" data-testid="exposure-note">
      <summary>{t('link.exposure.title')}</summary>
      <p>
        <strong>{t('link.exposure.note')}</strong>
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col" className="head">
              {t('link.exposure.dutyColumn')}
            </th>
            <th scope="col" className="head figure">
              {t('link.exposure.limit')}
            </th>
            <th scope="col" className="head figure">
              {t('link.exposure.project', { share: `1/${number(1 / exposure.projectShare, 0)}` })}
            </th>
          </tr>
        </thead>
        <tbody>
          {exposure.rows.map((row) => (
            <tr key={row.duty}>
              <th scope="row">
                {t(`link.exposure.duty.${row.duty}`)} {number(row.dutyShare * 100, 1)}%
              </th>
              <td>{formatDistance(row.limitM, language)}</td>
              <td>{formatDistance(row.projectLimitM, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="soft">
        {t('link.exposure.method', {
          power: `${number(exposure.powerW, 0)} W`,
          gain: `${number(exposure.gainDbi, 1)} dBi`,
          frequency: `${number(exposure.frequencyMhz, 0)} MHz`,
          limit: `${number(exposure.limitWPerM2, 3)} W/m²`,
        })}
      </p>
    </details>
  );
}
