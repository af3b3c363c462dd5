// State, level and clock of a problem in colours that mean the same everywhere: grey rests, blue works, gold waits, red is late.
import { Tag } from 'antd';
import type { ProblemLevel, ProblemState } from '../../../engine/index.ts';
import type { ProblemJson } from '../../../server/contract/problems.ts';
import type { TagColour } from '../../format/map-colours.ts';
import { problemClock } from './problem-clock.ts';
import styles from './problems.module.css';
import type { ProblemWords } from './use-problem-words.ts';

export const problemColours: Readonly<Record<ProblemState, TagColour>> = {
  新建: 'orange',
  分派: 'cyan',
  处理中: 'blue',
  待确认: 'gold',
  已销号: 'green',
};

export function ProblemStateTag({
  state,
  words,
}: {
  readonly state: ProblemState;
  readonly words: ProblemWords;
}) {
  return <Tag color={problemColours[state]}>{words.state(state)}</Tag>;
}

const levelColours: Readonly<Record<ProblemLevel, string>> = {
  一般: 'default',
  督办: 'volcano',
  领导小组: 'red',
};

export function LevelTag({ level, words }: { readonly level: ProblemLevel; readonly words: ProblemWords }) {
  return <Tag color={levelColours[level]}>{words.level(level)}</Tag>;
}

export function ClockText({
  problem,
  words,
}: {
  readonly problem: Pick<ProblemJson, 'state' | 'overdue' | 'workingDaysLeft'>;
  readonly words: ProblemWords;
}) {
  return (
    <span className={styles.clock} data-tone={problemClock(problem).tone}>
      {words.clock(problem)}
    </span>
  );
}
