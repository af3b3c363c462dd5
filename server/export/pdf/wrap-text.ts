// Lines of Chinese text of a given width: anywhere between Chinese characters, between words otherwise, and no line begins with a
// closing sign or ends with an opening one (禁则, GB/T 15834).

const noStart = '，。、；：！？）〕】》」』”’％%,.;:!?)]}·…';
const noEnd = '（〔【《「『“‘([{';

/** `widthOf` answers the width of one character, in the unit of `width`. A word longer than a line is cut. */
export function wrapText(text: string, width: number, widthOf: (character: string) => number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    let used = 0;
    for (const piece of pieces(paragraph)) {
      const length = widthOfText(piece, widthOf);
      if (used + length <= width || line === '') {
        const kept = cutToWidth(line + piece, width, widthOf);
        lines.push(...kept.slice(0, -1));
        line = kept.at(-1) ?? '';
      } else {
        lines.push(line.trimEnd());
        const kept = cutToWidth(piece.trimStart(), width, widthOf);
        lines.push(...kept.slice(0, -1));
        line = kept.at(-1) ?? '';
      }
      used = widthOfText(line, widthOf);
    }
    lines.push(line.trimEnd());
  }
  return lines;
}

export const widthOfText = (text: string, widthOf: (character: string) => number): number =>
  [...text].reduce((sum, character) => sum + widthOf(character), 0);

/** What stays together: a word, or one Chinese character with the signs that belong to it. */
function pieces(text: string): string[] {
  const found: string[] = [];
  for (const character of text) {
    const last = found.at(-1);
    const sticks =
      last !== undefined &&
      (noStart.includes(character) ||
        noEnd.includes([...last].at(-1) ?? '') ||
        (isWord(character) && isWord([...last].at(-1) ?? '')));
    if (sticks) found[found.length - 1] = last + character;
    else found.push(character);
  }
  return found;
}

const isWord = (character: string): boolean => /[0-9A-Za-z_\-./@#+&]/.test(character);

function cutToWidth(text: string, width: number, widthOf: (character: string) => number): string[] {
  if (widthOfText(text, widthOf) <= width) return [text];
  const lines = [''];
  let used = 0;
  for (const character of text) {
    const length = widthOf(character);
    if (used + length > width && lines.at(-1) !== '') {
      lines.push('');
      used = 0;
    }
    lines[lines.length - 1] += character;
    used += length;
  }
  return lines;
}
