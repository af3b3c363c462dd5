// Where the page shows what a problem is about; null: it has no page of its own.

export function objectPath(noun: string, id: string): string | null {
  const coded = encodeURIComponent(id);
  switch (noun) {
    case 'resource':
      return `/library?resource=${coded}`;
    case 'site':
      return `/?site=${coded}`;
    case 'case':
      return `/cases/${coded}`;
    case 'claim':
      return `/claims?claim=${coded}`;
    case 'relocation':
      return `/relocations/${coded}`;
    default:
      return null;
  }
}
