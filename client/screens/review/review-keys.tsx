// The keys of the review screen: office practice of the field (A agree, B return, R refuse), J and K as in any list.
import { useTranslation } from 'react-i18next';
import { KeyList } from '../../parts/key-list.tsx';

type ReviewCommand = 'next' | 'previous' | 'agree' | 'return' | 'refuse' | 'open' | 'select' | 'keys';

export const reviewKeys: Readonly<Record<string, ReviewCommand>> = {
  j: 'next',
  ArrowDown: 'next',
  k: 'previous',
  ArrowUp: 'previous',
  a: 'agree',
  b: 'return',
  r: 'refuse',
  Enter: 'open',
  x: 'select',
  '?': 'keys',
};

const lines: readonly { readonly keys: readonly string[]; readonly command: ReviewCommand }[] = [
  { keys: ['J', '↓'], command: 'next' },
  { keys: ['K', '↑'], command: 'previous' },
  { keys: ['A'], command: 'agree' },
  { keys: ['B'], command: 'return' },
  { keys: ['R'], command: 'refuse' },
  { keys: ['X'], command: 'select' },
  { keys: ['Enter'], command: 'open' },
  { keys: ['?'], command: 'keys' },
];

export function ReviewKeys({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <KeyList
      open={open}
      title={t('review.keys')}
      lines={lines.map(({ keys, command }) => ({ keys, does: t(`review.key.${command}`) }))}
      onClose={onClose}
    />
  );
}
