// Files of our own server, for somebody whose session may have ended since: a download cannot ask for a sign-in, so the page
// does before it begins.
import { saveAddress } from '../parts/save-file.ts';
import { whenSignedIn } from './session.ts';

/** Does nothing when nobody signs in. */
export async function download(fileName: string, address: string): Promise<void> {
  if (await whenSignedIn()) saveAddress(fileName, address);
}
