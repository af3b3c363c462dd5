// Departments by their names in the language of the page. A usual one goes to the service by its own name, whatever the language.
import { opinionDepartments } from '../../../engine/index.ts';
import type { BatchWords } from './use-batch-words.ts';

export const nameOfDepartment = (department: string, { t }: Pick<BatchWords, 't'>): string =>
  t(`batches.department.option.${department}`, { defaultValue: department });

/** What the service calls it. */
export const departmentOf = (name: string, words: Pick<BatchWords, 't'>): string =>
  opinionDepartments.find((one) => nameOfDepartment(one, words) === name) ?? name;
