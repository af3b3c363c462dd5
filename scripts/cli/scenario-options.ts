// Scenarios on the command line: `threshold+3,sigma+2:weight=people,structure=roof*1.2`. A comma stands between scenarios, a colon between
// what one of them moves; the text is the id of the scenario.
import {
  type PlanScenario,
  type PriceFactor,
  plainScenario,
  priceFactorKinds,
  scenarioText,
  weightWords,
} from '../../engine/index.ts';
import { CommandError } from './options.ts';

export const SCENARIO_FORM = 'threshold+3,sigma-2,weight=people,structure=roof*1.2';

/** Throws CommandError COMMAND_OPTION_WORD. */
export function readScenarios(option: string, text: string): PlanScenario[] {
  return text.split(',').map((one) => {
    const words = one.trim().split(':');
    const moves = words.map((word) => {
      const move = readMove(word.trim());
      if (move === null) throw scenarioError(option, text);
      return move;
    });
    const priceFactors = moves.flatMap((move) => move.priceFactors ?? []);
    const scenario: PlanScenario = {
      ...Object.assign({ ...plainScenario }, ...moves),
      priceFactors: priceFactors.length > 0 ? priceFactors : null,
    };
    if (new Set(words.map(fieldOf)).size < words.length) throw scenarioError(option, text);
    return { ...scenario, id: scenarioText(scenario) };
  });
}

const NUMBER = String.raw`\d{1,3}(?:\.\d{1,3})?`;

function readMove(word: string): Partial<PlanScenario> | null {
  const level = new RegExp(`^(threshold|sigma)([+-]${NUMBER})$`).exec(word);
  if (level && Number(level[2]) !== 0)
    return { [level[1] === 'threshold' ? 'thresholdDeltaDb' : 'shadowSigmaDeltaDb']: Number(level[2]) };
  const weightBy = weightWords.find((known) => word === `weight=${known}`);
  if (weightBy) return { weightBy };
  const priced = new RegExp(`^([A-Za-z]+)=(.+)\\*(${NUMBER})$`).exec(word);
  const by = priceFactorKinds.find((kind) => kind === priced?.[1]);
  if (!by) return null;
  const factor: PriceFactor = { by, value: priced![2]!.trim(), factor: Number(priced![3]) };
  return { priceFactors: [factor] };
}

/** What a word moves: each thing once in a scenario. */
const fieldOf = (word: string): string =>
  word.trim().replace(/[+-].*$|\*[\d.]+$|=(?:area|people|roads)$/, '');

function scenarioError(option: string, text: string): CommandError {
  return new CommandError(
    'COMMAND_OPTION_WORD',
    `--${option} ${text}: 应为逗号分隔的情景，一个情景内用冒号连接 / must be scenarios between commas, with a colon between what one of them moves`,
    `--${option} ${SCENARIO_FORM}`,
  );
}
