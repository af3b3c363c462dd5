// npm run audit:verify: recomputes every audit record of the database of DATABASE_URL, or of the embedded one, and compares the
// chain with the anchors outside it. Changes nothing; exit code 1 when something was edited, removed, inserted, moved or cut.
import { resolve } from 'node:path';
import { readConfig } from '../server/config.ts';
import { anchorPlace, readAnchors } from '../server/store/audit-anchors.ts';
import { openStore } from '../server/store/open-store.ts';
import { verifyAudit } from '../server/store/verify-audit.ts';
import { formatHelp, type Option, readOptions } from './cli/options.ts';
import { tellRefusal } from './cli/tell-refusal.ts';

const options: readonly Option[] = [
  {
    name: 'anchors',
    value: 'FILE',
    zh: '锚点文件（默认在数据目录中）',
    en: 'anchor file (default: in the data folder)',
  },
  { name: 'help', value: '', zh: '显示本说明', en: 'show this' },
];

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  try {
    const values = readOptions(args, options);
    if (values.has('help')) {
      console.log(formatHelp('npm run audit:verify', options, 'DATABASE_URL, ZHANZHI_DATA: .env.example'));
      return 0;
    }
    const { databaseUrl, dataDir, storeDeadlineMs } = readConfig();
    const place = anchorPlace({ databaseUrl, dataDir });
    const file = values.get('anchors');
    const { anchors, unreadable } = await readAnchors(file ? { ...place, file: resolve(file) } : place);
    const store = await openStore({ databaseUrl, dataDir, deadlineMs: storeDeadlineMs });
    try {
      const { records, head, findings, more } = await verifyAudit(store, anchors);
      for (const { what, seq, said } of findings) console.log(`${what} at record ${seq}: ${said}`);
      if (more > 0) console.log(`and ${more} more`);
      console.log(`${records} records, last hash ${head.hash}, ${anchors.length} anchors`);
      if (unreadable > 0) console.log(`${unreadable} lines of the anchor file cannot be read`);
      if (anchors.length === 0 && records > 0)
        console.log('no anchor of this database: a cut tail would not be found');
      console.log(findings.length === 0 ? 'the audit trail is whole' : 'THE AUDIT TRAIL WAS TAMPERED WITH');
      return findings.length === 0 ? 0 : 1;
    } finally {
      await store.close();
    }
  } catch (error) {
    return tellRefusal(error);
  }
}
