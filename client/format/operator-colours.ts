// Colours of operators on map, tables and legend, told apart also without red and green (Okabe and Ito); a site of several has one of its own.

const colours: Readonly<Record<string, string>> = {
  中国移动: '#0072b2',
  中国电信: '#d55e00',
  中国联通: '#cc79a7',
  中国广电: '#009e73',
};

export const sharedColour = '#3b2a5a';

export function operatorColour(id: string): string {
  return colours[id] ?? '#555555';
}

/** Of a site by everybody who will stand there. */
export function standingColour(ids: readonly string[]): string {
  return ids.length > 1 ? sharedColour : operatorColour(ids[0] ?? '');
}
