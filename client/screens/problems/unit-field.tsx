// The unit that sees to a problem: typed, or chosen among those that have problems already and the towns of the district.
import { AutoComplete } from 'antd';
import { useTowns } from '../../api/areas.ts';
import { useProblemPage } from '../../api/problems.ts';
import { hasText } from '../../parts/has-text.ts';

/** Of these many problems worked on last. */
const LOOKED_AT = 200;

export interface UnitFieldProps {
  readonly id: string;
  readonly value: string;
  readonly onChange: (unit: string) => void;
  readonly districtCode: string | null;
  readonly placeholder: string;
  readonly status?: 'error' | '';
  readonly testId: string;
}

export function UnitField({
  id,
  value,
  onChange,
  districtCode,
  placeholder,
  status = '',
  testId,
}: UnitFieldProps) {
  const options = useKnownUnits(districtCode).map((unit) => ({ value: unit }));
  return (
    <AutoComplete
      id={id}
      value={value}
      maxLength={200}
      placeholder={placeholder}
      status={status}
      options={options}
      showSearch={{ filterOption: (text, option) => hasText(option?.value, text) }}
      onChange={(unit: string) => onChange(unit)}
      style={{ width: '100%' }}
      data-testid={testId}
    />
  );
}

export function useKnownUnits(districtCode: string | null): readonly string[] {
  const problems =
    useProblemPage({ sort: 'updatedAt', order: 'desc', pageSize: LOOKED_AT }).data?.problems ?? [];
  const towns = (useTowns().data ?? []).filter(
    (town) => districtCode === null || districtCode === '' || town.districtCode === districtCode,
  );
  const units = problems.flatMap(({ ownerUnit, coUnits }) => [ownerUnit, ...coUnits]);
  return [...new Set([...units, ...towns.map(({ name }) => name)])].filter((unit) => unit !== '');
}
