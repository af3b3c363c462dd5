// Whether an option is among those somebody types for: like the filters of the service, whatever the case of the letters.

export const hasText = (option: string | undefined, typed: string): boolean =>
  (option ?? '').toLowerCase().includes(typed.trim().toLowerCase());
