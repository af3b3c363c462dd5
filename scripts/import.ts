// npm run import: one file into the store of this machine, through the same reader and the same store call as an upload.
// Exit 0: stored, repeated or checked · 2: refused, with every issue listed.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { datums, importKinds, importModes } from '../server/contract/imports.ts';
import { parseFile } from '../server/import/parse-file.ts';
import { storeImport } from '../server/import/store-import.ts';
import { withStore } from './cli/open-house.ts';
import {
  CommandError,
  formatHelp,
  numberOption,
  type Option,
  readOptions,
  resourceTypeOption,
  wordOption,
} from './cli/options.ts';
import { rasterSummary } from './cli/raster-summary.ts';
import { printIssues } from './cli/read-file.ts';
import { tellRefusal } from './cli/tell-refusal.ts';

const options: readonly Option[] = [
  {
    name: 'kind',
    value: 'KIND',
    zh: `图层：${importKinds.join('、')}`,
    en: `layer: ${importKinds.join(', ')}`,
  },
  {
    name: 'file',
    value: 'FILE',
    zh: 'GeoJSON、Excel（.xlsx）或 CSV；地形、人口、地物栅格为 GeoTIFF 或 .hgt',
    en: 'GeoJSON, Excel (.xlsx) or CSV; GeoTIFF or .hgt for terrain, population and clutter',
  },
  {
    name: 'mode',
    value: importModes.join('|'),
    zh: '只检查、存可用行、全部或全不（默认 all）',
    en: 'look only, keep the good rows, or all or nothing (default all)',
  },
  {
    name: 'datum',
    value: datums.join('|'),
    zh: '文件的坐标系（默认 CGCS2000）',
    en: 'datum of the file (default CGCS2000)',
  },
  {
    name: 'default-type',
    value: '类型',
    zh: '没写资源类型时采用',
    en: 'resource type where the file names none',
  },
  { name: 'default-height', value: 'M', zh: '没写挂高时采用', en: 'antenna height where the file says none' },
  { name: 'help', value: '', zh: '显示本说明', en: 'show this' },
];

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  try {
    const values = readOptions(args, options);
    if (values.has('help')) {
      console.log(
        formatHelp(
          'npm run import -- --kind sites --file F\n把一个文件导入数据库。 Imports one file.',
          options,
          '退出码 / exit code: 0 已存、已存过或已检查 / stored, repeated or checked; 2 被拒绝 / refused',
        ),
      );
      return 0;
    }
    const path = values.get('file');
    if (!path) throw new CommandError('COMMAND_OPTION_MISSING', '缺少 --file / --file is needed', '--help');
    if (!values.has('kind'))
      throw new CommandError('COMMAND_OPTION_MISSING', '缺少 --kind / --kind is needed', '--help');
    const kind = wordOption(values, 'kind', importKinds, 'sites');
    const mode = wordOption(values, 'mode', importModes, 'all');
    const parsed = await parseFile(readBytes(path), {
      kind,
      fileName: basename(path),
      datum: wordOption(values, 'datum', datums, 'CGCS2000'),
      defaults: {
        resourceType: resourceTypeOption(values, 'default-type'),
        heightM: numberOption(values, 'default-height', 1, 500),
      },
    });
    return await withStore(async (store) => {
      const report = await storeImport(store, parsed, mode);
      printIssues(report.fileName, report.issues, report.moreIssues);
      console.log(
        `${report.outcome}: ${report.rows} rows, ${report.accepted} accepted, ${report.rejected} rejected, ${report.stored} stored`,
      );
      if (report.raster) console.log(rasterSummary(report.raster));
      return report.outcome === 'rejected' ? 2 : 0;
    });
  } catch (error) {
    return tellRefusal(error);
  }
}

function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch {
    throw new CommandError(
      'COMMAND_FILE_MISSING',
      `读不到 ${path} / ${path} cannot be read`,
      '检查路径 / check the path',
    );
  }
}
