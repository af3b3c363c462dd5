// Hands text to the browser as a file; nothing leaves the machine.

/** `type` is a media type, e.g. `text/csv;charset=utf-8`. */
export function saveTextFile(fileName: string, text: string, type: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  saveAddress(fileName, address);
  // The click only starts the download; the address must live until the browser has read it.
  setTimeout(() => URL.revokeObjectURL(address), 30_000);
}

/** Starts the download of an address of our own server. */
export function saveAddress(fileName: string, address: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
}
