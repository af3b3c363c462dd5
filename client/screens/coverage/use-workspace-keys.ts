// Keys of the workspace. Escape works backwards through what is open: drawing, receiver of the link budget, card.
import { useEffect, useState } from 'react';
import { useKeyCommands } from '../../parts/use-key-commands.ts';
import { areasStore, startDrawing, stopDrawing } from '../../state/areas.ts';
import { askLinkBudgetTo, clearFocus, focusStore } from '../../state/focus.ts';
import { toggleLayer, toggleSites } from '../../state/layers.ts';
import { viewStore } from '../../state/view.ts';

/** Shown by ?; the order is the order of the list. */
export const workspaceKeys = [
  { key: 'Escape', shown: 'Esc', does: 'escape' },
  { key: 's', shown: 'S', does: 'sites' },
  { key: 'c', shown: 'C', does: 'coverage' },
  { key: 'b', shown: 'B', does: 'buildings' },
  { key: 'd', shown: 'D', does: 'draw' },
  { key: 't', shown: 'T', does: 'table' },
  { key: '/', shown: '/', does: 'search' },
  { key: '?', shown: '?', does: 'help' },
] as const;

type Command = (typeof workspaceKeys)[number]['does'];

const bindings = Object.fromEntries(workspaceKeys.map(({ key, does }) => [key, does])) as Record<
  string,
  Command
>;

export function useWorkspaceKeys(): { isHelpOpen: boolean; closeHelp: () => void } {
  const [isHelpOpen, setHelpOpen] = useState(false);
  useKeyCommands(bindings, (command) => {
    if (command === 'help') setHelpOpen(true);
    else run(command);
  });
  // A drawing does not outlive its screen.
  useEffect(() => stopDrawing, []);
  return { isHelpOpen, closeHelp: () => setHelpOpen(false) };
}

function run(command: Exclude<Command, 'help'>): void {
  if (command === 'escape') stepBack();
  else if (command === 'sites') toggleSites();
  else if (command === 'coverage') toggleLayer('coverage');
  else if (command === 'buildings') toggleLayer('buildings');
  else if (command === 'draw') startDrawing('polygon');
  else if (command === 'table') viewStore.set({ bottomOpen: !viewStore.get().bottomOpen });
  else document.getElementById('search')?.focus();
}

function stepBack(): void {
  if (areasStore.get().drawing !== 'off') stopDrawing();
  else if (focusStore.get().receiver !== null) askLinkBudgetTo(null);
  else clearFocus();
}
