// A first password that fits the rules and can be told over a desk: no letters that look alike. Chance comes from the browser.

const groups = ['ABCDEFGHJKLMNPQRSTUVWXYZ', 'abcdefghijkmnpqrstuvwxyz', '23456789'] as const;
const LENGTH = 14;

/** `random` gives whole numbers from 0 to below its argument, each as likely as the others. */
export function makePassword(random: (below: number) => number = randomBelow): string {
  const all = groups.join('');
  const pick = (letters: string) => letters[random(letters.length)]!;
  const letters = [...groups.map(pick), ...Array.from({ length: LENGTH - groups.length }, () => pick(all))];
  // one of each group stands first; shuffled, nobody knows where
  for (let at = letters.length - 1; at > 0; at -= 1) {
    const other = random(at + 1);
    [letters[at], letters[other]] = [letters[other]!, letters[at]!];
  }
  return letters.join('').replace(/^(.{5})(.{5})/, '$1-$2-');
}

/** Numbers beyond the last whole round would favour the first ones. */
function randomBelow(below: number): number {
  const fair = 2 ** 32 - (2 ** 32 % below);
  const [value = 0] = crypto.getRandomValues(new Uint32Array(1));
  return value < fair ? value % below : randomBelow(below);
}
