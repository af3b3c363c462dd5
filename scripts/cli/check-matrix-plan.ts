// A plan of `npm run plan -- --matrix` checked against its tables: both are read again and the certificate is recounted. The question
// comes from the certificate, and is compared with the options when the whole command line is given.
import { checkPlan, decodeCertificate } from '../../engine/index.ts';
import { type CheckedPlan, compareQuestions } from './compare-questions.ts';
import { readMatrixOptions } from './matrix-options.ts';
import { readMatrix } from './matrix-problem.ts';
import { matrixRequest } from './matrix-request.ts';
import { CommandError, type Option, readOptions } from './options.ts';
import { readProof } from './proof-files.ts';

/** What `--matrix … --plan DIR` may name; a question beside it makes it the command line of the plan. */
const matrixCheckOptions: readonly Option[] = [
  {
    name: 'matrix',
    value: 'FILE',
    zh: '写方案时的覆盖表',
    en: 'the table of coverage the plan was made from',
  },
  { name: 'sites', value: 'FILE', zh: '写方案时的站址表', en: 'the table of sites the plan was made from' },
  { name: 'plan', value: 'DIR', zh: '方案所在文件夹', en: 'folder of the plan' },
];

/** `folder` null: `--plan`, or `--out` of the whole command line. Throws CommandError, ProductError and PlanningError. */
export async function checkMatrixPlan(folder: string | null, args: readonly string[]): Promise<CheckedPlan> {
  const isWhole = args.some((word) => word === '--out' || word.startsWith('--out='));
  const asked = isWhole ? readMatrixOptions(args) : null;
  const named = isWhole ? null : readOptions(args, matrixCheckOptions);
  const plan = folder ?? asked?.out ?? named?.get('plan');
  const table = asked?.matrix ?? named?.get('matrix');
  if (plan === undefined || table === undefined)
    throw new CommandError(
      'COMMAND_OPTION_MISSING',
      '--matrix 需要 / needs --plan',
      '--matrix coverage.csv --plan DIR',
    );
  const proof = readProof(plan);
  const matrix = readMatrix(table, asked?.sites ?? named?.get('sites') ?? null);
  const { problem } = matrix;
  const { choice, selection } = decodeCertificate(problem, proof.file, proof.prices);
  const questions = asked ? compareQuestions(problem, choice, matrixRequest(asked, matrix).choice) : [];
  return { problem, choice, selection, findings: [...questions, ...checkPlan(problem, choice, selection)] };
}
