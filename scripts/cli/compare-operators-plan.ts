// The files of a plan for several operators against what its certificate says on prepared ground: the certificate recounted, the question
// compared, every row and total made anew. What each alone would cost is a plan of its own and taken as told.
import { join } from 'node:path';
import {
  checkPlan,
  decodeCertificate,
  describeOperators,
  type OperatorsChoice,
  type OperatorsItem,
  operatorsRequestOf,
  type PlanFinding,
  type PreparedOperators,
  planFinding,
} from '../../engine/index.ts';
import { type CheckedPlan, compareQuestions } from './compare-questions.ts';
import { objectOf, rowsOf, said } from './geojson-rows.ts';
import { readJson, readProof } from './proof-files.ts';

/** `folder` holds `plan.geojson`, `certificate.json` and `prices.bin`. Throws CommandError and PlanningError for files that cannot be used. */
export function compareOperatorsPlan(
  folder: string,
  prepared: PreparedOperators,
  wanted: OperatorsChoice,
): CheckedPlan {
  const proof = readProof(folder);
  const geojson = readJson(join(folder, 'plan.geojson'));
  const request = operatorsRequestOf(prepared, wanted);
  const { problem } = request.shared;
  const { choice, selection } = decodeCertificate(problem, proof.file, proof.prices);
  const told = objectOf(objectOf(geojson).summary);
  const operators = Array.isArray(told.operators) ? told.operators.map(objectOf) : [];
  const alone = operators.map(({ aloneCostCny }) => (typeof aloneCostCny === 'number' ? aloneCostCny : null));
  const { items, summary } = describeOperators(prepared, wanted, request, selection, alone);
  const rows = rowsOf(geojson);
  return {
    problem,
    choice,
    selection,
    findings: [
      ...compareQuestions(problem, choice, request.choice),
      ...checkPlan(problem, choice, selection),
      ...compareRows('features', rows, inOrderOf(rows, items)),
      ...compareRows('operators', operators, summary.operators),
      ...compareRows('summary', [told], [{ ...summary, operators: told.operators }]),
    ],
  };
}

/** A service tells rows in another order than the command: what is expected of each row that is told, then what nobody told. */
function inOrderOf(
  found: readonly Readonly<Record<string, unknown>>[],
  items: readonly OperatorsItem[],
): readonly OperatorsItem[] {
  const keyOf = ({ siteId, status }: Readonly<Record<string, unknown>>) =>
    `${String(status)} ${String(siteId)}`;
  const left = new Map(items.map((item) => [keyOf({ ...item }), item]));
  const told = found.flatMap((row) => {
    const item = left.get(keyOf(row));
    left.delete(keyOf(row));
    return item ? [item] : [];
  });
  return [...told, ...left.values()];
}

/** Every field of the expected rows. */
function compareRows(
  about: string,
  found: readonly Readonly<Record<string, unknown>>[],
  expected: readonly object[],
): PlanFinding[] {
  if (found.length !== expected.length)
    return [planFinding('PLAN_ROW', about, found.length, expected.length)];
  return expected.flatMap((row, at) =>
    Object.entries(row).flatMap(([field, value]: [string, unknown]) =>
      textOf(found[at]![field]) === textOf(value)
        ? []
        : [planFinding('PLAN_ROW', `${about}[${at}].${field}`, said(found[at]![field]), said(value))],
    ),
  );
}

/** A store gives the keys of an object back in an order of its own. */
function textOf(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
