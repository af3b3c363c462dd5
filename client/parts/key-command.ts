// Which command a pressed key means. Keys belong to the screen only while nobody is typing and no dialog is open. Together with Ctrl
// or Meta they are the browser's, unless a screen binds that very pair ('Ctrl+z'); with Alt always. A key held down walks through rows
// and does nothing else: nobody decides rows they have not seen.

/** What the decision looks at; a KeyboardEvent fits. */
export interface PressedKey {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey?: boolean;
  readonly isComposing?: boolean;
  readonly defaultPrevented?: boolean;
  /** It is held down. */
  readonly repeat?: boolean;
}

const walkingKeys: readonly string[] = ['j', 'k', 'ArrowDown', 'ArrowUp', 'PageDown', 'PageUp'];

/** Where the key was pressed. */
export interface KeyPlace {
  readonly isTyping: boolean;
  readonly isOnButton: boolean;
  readonly isDialogOpen: boolean;
}

/** The command bound to the key (letters in either case), or null. */
export function keyCommand<Command extends string>(
  bindings: Readonly<Record<string, Command>>,
  pressed: PressedKey,
  place: KeyPlace,
): Command | null {
  if (pressed.altKey) return null;
  if (pressed.isComposing || pressed.defaultPrevented) return null;
  if (place.isTyping || place.isDialogOpen) return null;
  if (place.isOnButton && (pressed.key === 'Enter' || pressed.key === ' ')) return null;
  const plain = pressed.key.length === 1 ? pressed.key.toLowerCase() : pressed.key;
  if (pressed.repeat && !walkingKeys.includes(plain)) return null;
  const held = pressed.ctrlKey || pressed.metaKey ? (pressed.shiftKey ? 'Ctrl+Shift+' : 'Ctrl+') : '';
  const key = `${held}${plain}`;
  return Object.hasOwn(bindings, key) ? bindings[key]! : null;
}
