// Which command a pressed key means. Keys belong to the screen only while nobody is typing and no dialog is open,
// and never together with Ctrl, Alt or Meta: those are the browser's.

/** What the decision looks at; a KeyboardEvent fits. */
export interface PressedKey {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  readonly isComposing?: boolean;
  readonly defaultPrevented?: boolean;
}

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
  if (pressed.ctrlKey || pressed.altKey || pressed.metaKey) return null;
  if (pressed.isComposing || pressed.defaultPrevented) return null;
  if (place.isTyping || place.isDialogOpen) return null;
  if (place.isOnButton && (pressed.key === 'Enter' || pressed.key === ' ')) return null;
  const key = pressed.key.length === 1 ? pressed.key.toLowerCase() : pressed.key;
  return Object.hasOwn(bindings, key) ? bindings[key]! : null;
}
