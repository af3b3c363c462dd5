// Where the service may post to: addresses of the public internet, unless the settings let it into the office's own network. What counts
// is the number a name leads to at the moment of connecting: exactly the numbers looked at are connected to, so a name cannot lead
// elsewhere after it was judged. IANA special-purpose registries (RFC 6890); of IPv6 only global unicast (RFC 4291, 2.4) without what
// carries an IPv4 address inside.
import { lookup as lookUpName } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** Shown with a delivery in place of an answer. */
export const PRIVATE_ADDRESS = 'ADDRESS_PRIVATE';

export class PrivateAddressError extends Error {
  override readonly name = 'PrivateAddressError';
  readonly code = PRIVATE_ADDRESS;
}

const closed4 = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  closed4.addSubnet(network, prefix, 'ipv4');

const global6 = new BlockList();
global6.addSubnet('2000::', 3, 'ipv6');
const closed6 = new BlockList();
// protocol assignments with Teredo, documentation, 6to4, documentation again
for (const [network, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  closed6.addSubnet(network, prefix, 'ipv6');

/** Of an address in numbers; false for anything else. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !closed4.check(address, 'ipv4');
  return family === 6 && global6.check(address, 'ipv6') && !closed6.check(address, 'ipv6');
}

/** The host of an address that is in numbers already (`URL` spells all their forms alike), or null for a name. */
export function numbersOf(url: URL): string | null {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(host) === 0 ? null : host;
}

/** For `net.connect`: fails with PrivateAddressError when one of a name's addresses is not public. */
export const publicLookup =
  (lookup: typeof lookUpName = lookUpName): LookupFunction =>
  (hostname, options, answer) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || !first) return answer(error ?? new Error('no address'), '');
      if (!addresses.every(({ address }) => isPublicAddress(address)))
        return answer(new PrivateAddressError(`${hostname} leads into a private network`), '');
      return options.all ? answer(null, addresses) : answer(null, first.address, first.family);
    });
  };

const NAME_WITHIN_MS = 3_000;

/** Whether an address leads into a private network now. A name nobody knows yet does not: it is looked up again for every post. */
export async function leadsInside(url: URL): Promise<boolean> {
  const numbers = numbersOf(url);
  if (numbers !== null) return !isPublicAddress(numbers);
  return new Promise((resolve) => {
    const late = setTimeout(() => resolve(false), NAME_WITHIN_MS);
    publicLookup()(url.hostname, { all: true }, (error) => {
      clearTimeout(late);
      resolve(error instanceof PrivateAddressError);
    });
  });
}
