// Bytes to text: UTF-8 when it is clean (with or without a byte order mark), else GB18030, else nothing. Spreadsheets on
// Chinese desktops still write GBK without saying so; a strict UTF-8 try tells the two apart.

export interface DecodedText {
  readonly text: string;
  readonly encoding: 'utf-8' | 'utf-16' | 'gb18030';
}

/** The text, or null when the bytes are clean in no supported encoding. */
export function decodeText(bytes: Uint8Array): DecodedText | null {
  const utf16 = byteOrderMark(bytes);
  const tries = utf16
    ? ([[utf16, 'utf-16']] as const)
    : ([
        ['utf-8', 'utf-8'],
        ['gb18030', 'gb18030'],
      ] as const);
  for (const [label, encoding] of tries) {
    try {
      const text = new TextDecoder(label, { fatal: true }).decode(bytes);
      // Bytes of pictures and archives may pass as GB18030; a NUL never stands in a text file.
      return text.includes('\u0000') ? null : { text, encoding };
    } catch {
      // not clean in this encoding: the next one may be
    }
  }
  return null;
}

const byteOrderMark = (bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
};
