// Listens to the whole window while the screen is shown and hands over commands; the decision is keyCommand's. A key held down is heard
// once for each picture drawn: where drawing is slow, keys that pile up would starve it until React gives the screen up.
import { useEffect, useRef } from 'react';
import { type KeyPlace, keyCommand } from './key-command.ts';

/** `bindings` must keep its identity between renders (a constant beside the component). */
export function useKeyCommands<Command extends string>(
  bindings: Readonly<Record<string, Command>>,
  onCommand: (command: Command) => void,
): void {
  const latest = useRef(onCommand);
  useEffect(() => {
    latest.current = onCommand;
  });
  const isBehind = useRef(false);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const command = keyCommand(bindings, event, placeOf(event.target));
      if (command === null) return;
      event.preventDefault();
      if (event.repeat && isBehind.current) return;
      isBehind.current = event.repeat;
      if (event.repeat) requestAnimationFrame(() => setTimeout(() => (isBehind.current = false)));
      latest.current(command);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [bindings]);
}

function placeOf(target: EventTarget | null): KeyPlace {
  const element = target instanceof Element ? target : null;
  return {
    isTyping:
      element?.closest(
        'input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable=true]',
      ) != null,
    isOnButton: element?.closest('button, a, [role=button], [role=tab], [role=menuitem]') != null,
    isDialogOpen: [...document.querySelectorAll('[role=dialog]')].some(isShown),
  };
}

function isShown(element: Element): boolean {
  return element.getClientRects().length > 0;
}
