// Reading the whole audit trail again: records of changed resources as their trigger writes them, then the chain from the first to the
// last. What it finds when something was changed is tests/server/audit's business; here it has to find nothing.
import { verifyAudit } from '../../server/store/verify-audit.ts';
import type { DeskBench } from './bench-desks.ts';
import { type BenchRow, measureAsync } from './bench-row.ts';
import { processorSeconds } from './processor-time.ts';

const RECORDS = 100_000;
const SHORT_RECORDS = 10_000;
const CHUNK_RECORDS = 5_000;
const DEADLINE_MS = 120_000;
const TARGET_S = 30;

export async function benchAudit({ name, store, short }: DeskBench): Promise<BenchRow[]> {
  const most = short ? SHORT_RECORDS : RECORDS;
  const written = await measureAsync(async () => {
    for (let from = 0; from < most; from += CHUNK_RECORDS)
      await store.query(
        `update resources set fee_cny_per_year = coalesce(fee_cny_per_year, 0) + 1
          where id in (select id from resources order by id offset $1::int4 limit $2::int4)`,
        [from, CHUNK_RECORDS],
        { deadlineMs: DEADLINE_MS },
      );
  });
  const before = await processorSeconds(store);
  const { value, seconds } = await measureAsync(() => verifyAudit(store, []));
  const processor = (await processorSeconds(store)) - before;
  if (value.findings.length > 0) throw new Error(JSON.stringify(value.findings));
  if (value.records < most) throw new Error(`only ${value.records} records`);
  const perRecords = (seconds / value.records) * RECORDS;
  return [
    {
      step: `audit verify ${name}`,
      seconds,
      note: `${value.records} records, ${processor.toFixed(1)} s of processor time; written in ${written.seconds.toFixed(0)} s; figure: 100 000 records`,
      figure: { value: perRecords, unit: 's', target: TARGET_S, better: 'less' },
    },
  ];
}
