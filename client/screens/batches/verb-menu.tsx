// The verbs of office practice beside deciding (催办 加签 转交) as one menu, each with its key.
import { DownOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import type { BatchActs } from './batch-acts.ts';
import styles from './batches.module.css';
import type { BatchWords } from './use-batch-words.ts';

export type Verb = 'urge' | 'countersign' | 'handover';

const letters: Readonly<Record<Verb, string>> = { urge: 'U', countersign: 'C', handover: 'T' };

/** Those this person has here, in the order of the menu. */
const verbsOf = (acts: Pick<BatchActs, Verb>): readonly Verb[] =>
  (['urge', 'countersign', 'handover'] as const).filter((verb) => acts[verb]);

export interface VerbMenuProps {
  readonly acts: Pick<BatchActs, Verb>;
  readonly words: BatchWords;
  readonly onVerb: (verb: Verb) => void;
}

export function VerbMenu({ acts, words, onVerb }: VerbMenuProps) {
  const { t } = words;
  const verbs = verbsOf(acts);
  const [only] = verbs;
  if (only === undefined) return null;
  if (verbs.length === 1)
    return (
      <Button onClick={() => onVerb(only)} data-testid={`verb-${only}`}>
        {t(`batches.verb.${only}`)} {letters[only]}
      </Button>
    );
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: verbs.map((key) => ({
          key,
          label: (
            <span className={styles.verb} data-testid={`verb-${key}`}>
              {t(`batches.verb.${key}`)} <kbd>{letters[key]}</kbd>
            </span>
          ),
        })),
        onClick: ({ key }) => {
          const verb = verbs.find((one) => one === key);
          if (verb !== undefined) onVerb(verb);
        },
      }}
    >
      <Button data-testid="verb-menu">
        {t('batches.verb.menu')} <DownOutlined />
      </Button>
    </Dropdown>
  );
}
