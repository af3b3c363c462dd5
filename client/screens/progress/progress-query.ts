// The basis of the progress report in the address: a link shows the same figures. The address is outside input.
import { countingForms, countingUnits } from '../../../engine/index.ts';
import type { ProgressQueryJson } from '../../../server/contract/progress.ts';

const day = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

export function readProgressQuery(params: URLSearchParams): ProgressQueryJson {
  const dayIn = (key: string) => (day.test(params.get(key) ?? '') ? params.get(key) : null);
  const from = dayIn('from');
  const to = dayIn('to');
  const unit = countingUnits.find((word) => word === params.get('unit'));
  const form = countingForms.find((word) => word === params.get('form'));
  return {
    ...(from !== null && (to === null || from <= to) && { from }),
    ...(to !== null && { to }),
    ...(unit && { unit }),
    ...(form && { form }),
  };
}
