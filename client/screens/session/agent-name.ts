// A browser's long name for itself, as people call it: `Chrome 128 · Windows`. What is not known stands as it came.

const browsers: readonly (readonly [name: string, pattern: RegExp])[] = [
  // those that also call themselves Chrome or Safari come first
  ['Edge', /Edg(?:e|A|iOS)?\/(\d+)/],
  ['QQ', /QQBrowser\/(\d+)/],
  ['Firefox', /(?:Firefox|FxiOS)\/(\d+)/],
  ['Chrome', /(?:Chrome|CriOS)\/(\d+)/],
  ['Safari', /Version\/(\d+)[\d.]* (?:Mobile\/\S+ )?Safari/],
];
const systems: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['Android', /Android/],
  ['iOS', /iPhone|iPad/],
  ['HarmonyOS', /HarmonyOS|OpenHarmony/],
  ['Windows', /Windows/],
  ['macOS', /Mac OS X/],
  ['Linux', /Linux|X11/],
];

export function agentName(agent: string): string {
  const [browser, version] = firstMatch(browsers, agent);
  const [system] = firstMatch(systems, agent);
  const parts = [browser && `${browser} ${version}`, system].filter((part) => part);
  return parts.length === 0 ? agent.slice(0, 60) || '—' : parts.join(' · ');
}

function firstMatch(
  known: readonly (readonly [name: string, pattern: RegExp])[],
  agent: string,
): readonly [name: string, found: string] {
  for (const [name, pattern] of known) {
    const match = pattern.exec(agent);
    if (match) return [name, match[1] ?? ''];
  }
  return ['', ''];
}
