// The address of one directory.

export const directoryPath = (id: string): string => `/directories/${encodeURIComponent(id)}`;
