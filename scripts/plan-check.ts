// npm run plan:check: recounts a plan that `npm run plan` wrote, from the same files, and says what does not hold.
// Exit 0: all of it holds · 3: something does not · 2: bad input, with codes.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { takenOnTrust } from '../engine/index.ts';
import { checkMatrixPlan } from './cli/check-matrix-plan.ts';
import { checkOperatorsPlan } from './cli/check-operators-plan.ts';
import { checkProductPlan } from './cli/check-product-plan.ts';
import type { CheckedPlan } from './cli/compare-questions.ts';
import { asksForMatrix } from './cli/matrix-options.ts';
import { CommandError } from './cli/options.ts';
import { readPlanOptions } from './cli/plan-options.ts';
import { tellRefusal } from './cli/tell-refusal.ts';

const EXIT = { holds: 0, findings: 3 } as const;
const SHOWN = 50;

const HELP = `npm run plan:check -- plan.geojson|DIR [npm run plan 的其余选项 / the other options of npm run plan]
npm run plan:check -- DIR --matrix coverage.csv [--sites sites.csv]
npm run plan:check -- --matrix coverage.csv [--sites sites.csv] --plan DIR
由原始文件重新计算覆盖，逐项核对方案：站址、造价、比例、限额、证明。
Computes coverage from the files again and checks the plan: sites, cost, shares, limits, certificate.

用 --matrix 写出的方案须给出当时的同一份覆盖表与站址表；问题本身取自证明，整条命令给出时再与之核对。
A plan of --matrix needs the same tables of coverage and sites; its question is read from the certificate, and compared with the
options when the whole command line is given.
从服务下载的证明包 (proof.zip) 解开后就是这样的文件夹。
The proof archive of the service (proof.zip), unpacked, is such a folder.

也可直接用写方案时的整条命令，由 --out 指明文件夹。
The whole command line that wrote the plan will do as well: --out names the folder.

退出码 / exit code:
  0  全部相符 / everything holds
  3  有不符之处，逐条列出 / something does not hold, listed with codes
  2  输入有误 / bad input
`;

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  try {
    if (args.includes('--help')) {
      console.log(HELP);
      return EXIT.holds;
    }
    const [folder, rest] = folderOf(args);
    if (asksForMatrix(rest)) return tell(await checkMatrixPlan(folder, rest));
    if (folder !== null && isOfMatrix(folder))
      throw new CommandError(
        'COMMAND_OPTION_MISSING',
        `${folder}: 这是覆盖表的方案，需要 --matrix / this is a plan of a table and needs --matrix`,
        `npm run plan:check -- ${folder} --matrix coverage.csv --sites sites.csv`,
      );
    const hasOut = rest.some((word) => word === '--out' || word.startsWith('--out='));
    const options = readPlanOptions(hasOut || folder === null ? rest : [...rest, '--out', folder])!; // --help was answered
    const { operators, out } = options;
    return tell(
      operators === null
        ? await checkProductPlan(folder ?? out, options)
        : await checkOperatorsPlan(folder ?? out, options, operators),
    );
  } catch (error) {
    return tellRefusal(error);
  }
}

/** Plans of maps have their rows on a map, plans of tables in a table. */
function isOfMatrix(folder: string): boolean {
  return existsSync(join(folder, 'plan.csv')) && !existsSync(join(folder, 'plan.geojson'));
}

/** The folder named first, if one is, and the other arguments. */
function folderOf(args: readonly string[]): [folder: string | null, rest: readonly string[]] {
  const [first, ...rest] = args;
  if (first === undefined)
    throw new CommandError(
      'COMMAND_OPTION_MISSING',
      '没有指明要核对的方案 / no plan to check',
      'npm run plan:check -- --help',
    );
  if (first.startsWith('--')) return [null, args];
  return [first.endsWith('.geojson') ? dirname(first) : first, rest];
}

function tell({ problem, choice, selection, findings }: CheckedPlan): number {
  for (const { code, sentence } of findings.slice(0, SHOWN))
    console.log(`${code}: ${sentence.zh} / ${sentence.en}`);
  if (findings.length > SHOWN)
    console.log(`另有 ${findings.length - SHOWN} 条 / ${findings.length - SHOWN} more`);
  if (findings.length > 0) {
    console.log(`不符 ${findings.length} 处 / ${findings.length} findings`);
    return EXIT.findings;
  }
  const { kind, bound } = selection.certificate;
  const trust = takenOnTrust(problem, choice, selection);
  console.log(
    [
      `全部相符：${selection.steps.length} 个站址、${selection.cost} 元 / everything holds: ${selection.steps.length} sites, ${selection.cost} CNY`,
      kind === 'cost'
        ? `用这些候选站址与覆盖，任何达标方案都不低于 ${bound} 元 / no plan of these candidates and footprints that reaches the shares costs less than ${bound} CNY`
        : `用这些候选站址与覆盖，限额内任何方案的覆盖量都不超过 ${bound} / no plan of these candidates and footprints within the limits covers more than ${bound}`,
    ].join('\n'),
  );
  if (trust)
    console.log(
      `其中由价格可复核到 ${trust.proved}，其余出自穷尽搜索，未复核 / prices prove ${trust.proved} of it; the rest comes from a complete search that was not repeated`,
    );
  return EXIT.holds;
}
