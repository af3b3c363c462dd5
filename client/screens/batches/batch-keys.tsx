// The keys of the review desk. What A, B and R mean follows what the person does here: decide, or give a town's opinion.
import { useTranslation } from 'react-i18next';
import { KeyList } from '../../parts/key-list.tsx';
import type { DeskMode } from './batch-acts.ts';

export type DeskCommand =
  | 'next'
  | 'previous'
  | 'agree'
  | 'return'
  | 'refuse'
  | 'problem'
  | 'enter'
  | 'escape'
  | 'undo'
  | 'select'
  | 'map'
  | 'urge'
  | 'countersign'
  | 'handover'
  | 'keys';

export const deskKeys: Readonly<Record<string, DeskCommand>> = {
  j: 'next',
  ArrowDown: 'next',
  k: 'previous',
  ArrowUp: 'previous',
  a: 'agree',
  b: 'return',
  r: 'refuse',
  p: 'problem',
  Enter: 'enter',
  Escape: 'escape',
  'Ctrl+z': 'undo',
  x: 'select',
  m: 'map',
  u: 'urge',
  c: 'countersign',
  t: 'handover',
  '?': 'keys',
};

interface KeyRow {
  readonly keys: readonly string[];
  readonly word: string;
}

const walk: readonly KeyRow[] = [
  { keys: ['J', '↓'], word: 'next' },
  { keys: ['K', '↑'], word: 'previous' },
];
const acts: Readonly<Record<DeskMode, readonly KeyRow[]>> = {
  decide: [
    { keys: ['A'], word: 'agree' },
    { keys: ['B'], word: 'return' },
    { keys: ['R'], word: 'refuse' },
    { keys: ['P'], word: 'problem' },
    { keys: ['1', '…', '8'], word: 'digit' },
    { keys: ['Ctrl', 'Z'], word: 'undo' },
    { keys: ['X'], word: 'select' },
    { keys: ['U'], word: 'urge' },
    { keys: ['C'], word: 'countersign' },
    { keys: ['T'], word: 'handover' },
  ],
  opine: [
    { keys: ['A'], word: 'agree' },
    { keys: ['B'], word: 'conditional' },
    { keys: ['R'], word: 'refuse' },
    { keys: ['X'], word: 'select' },
  ],
  amend: [{ keys: ['U'], word: 'urge' }],
  read: [],
};
const rest: readonly KeyRow[] = [
  { keys: ['Enter'], word: 'enter' },
  { keys: ['Esc'], word: 'escape' },
  { keys: ['M'], word: 'map' },
  { keys: ['?'], word: 'keys' },
];

export interface BatchKeysProps {
  readonly mode: DeskMode;
  readonly open: boolean;
  readonly onClose: () => void;
}

export function BatchKeys({ mode, open, onClose }: BatchKeysProps) {
  const { t } = useTranslation();
  return (
    <KeyList
      open={open}
      title={t('batches.keysTitle')}
      lines={[...walk, ...acts[mode], ...rest].map(({ keys, word }) => ({
        keys,
        does: t(`batches.key.${word === 'refuse' && mode === 'opine' ? 'against' : word}`),
      }))}
      onClose={onClose}
    />
  );
}
