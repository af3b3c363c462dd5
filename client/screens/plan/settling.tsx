// Between a click in a preview and its result, figures and rows on the screen are those of the plan before: they stand back until the new
// ones are there. Draws only itself again, not what it holds.
import type { ReactNode } from 'react';
import { useStore } from '../../state/make-store.ts';
import { previewStore } from '../../state/preview.ts';

export interface SettlingProps {
  readonly as?: 'div' | 'dl';
  readonly className: string;
  readonly children: ReactNode;
}

export function Settling({ as: Frame = 'div', className, children }: SettlingProps) {
  const isSettling = useStore(previewStore, ({ isShown, stage }) => isShown && stage === 'choosing');
  return (
    <Frame className={isSettling ? `${className} settling` : className} aria-busy={isSettling}>
      {children}
    </Frame>
  );
}
