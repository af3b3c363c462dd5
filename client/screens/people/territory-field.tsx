// Districts and towns by name. Where the store knows none yet their codes may be typed: a territory can come before its outline.
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { AccountJson } from '../../../server/contract/people.ts';
import { useDistrictChoices, useTowns } from '../../api/areas.ts';
import styles from './people.module.css';

type Territory = AccountJson['territory'];

export interface TerritoryFieldProps {
  readonly territory: Territory;
  readonly onChange: (territory: Territory) => void;
}

const codePattern = /^[0-9A-Za-z]{1,20}$/;
const fitting = (codes: readonly string[]) => codes.filter((code) => codePattern.test(code));

export function TerritoryField({ territory, onChange }: TerritoryFieldProps) {
  const { t } = useTranslation();
  const districts = useDistrictChoices();
  const towns = useTowns().data ?? [];
  const districtName = (code: string) => districts.find((one) => one.code === code)?.name ?? code;
  const groups = [...new Set(towns.map((town) => town.districtCode))].map((districtCode) => ({
    label: districtName(districtCode),
    options: towns
      .filter((town) => town.districtCode === districtCode)
      .map(({ code, name }) => ({ value: code, label: name })),
  }));
  return (
    <div className={styles.form} style={{ gap: 8 }}>
      <Select
        mode={districts.length > 0 ? 'multiple' : 'tags'}
        value={territory.districtCodes}
        placeholder={t('people.form.districts')}
        aria-label={t('people.form.districts')}
        showSearch={{ optionFilterProp: 'label' }}
        options={districts.map(({ code, name }) => ({ value: code, label: name }))}
        onChange={(codes: string[]) => onChange({ ...territory, districtCodes: fitting(codes) })}
        data-testid="account-districts"
      />
      <Select
        mode={towns.length > 0 ? 'multiple' : 'tags'}
        value={territory.townCodes}
        placeholder={t('people.form.towns')}
        aria-label={t('people.form.towns')}
        showSearch={{ optionFilterProp: 'label' }}
        options={groups}
        onChange={(codes: string[]) => onChange({ ...territory, townCodes: fitting(codes) })}
        data-testid="account-towns"
      />
    </div>
  );
}
