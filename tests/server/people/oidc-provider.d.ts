// The package brings no types; these are the parts the tests use.
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  interface ProviderSettings {
    readonly clients: readonly Readonly<Record<string, string | readonly string[]>>[];
    readonly claims: Readonly<Record<string, readonly string[]>>;
    readonly cookies: { readonly keys: readonly string[] };
    findAccount(
      context: unknown,
      id: string,
    ): { readonly accountId: string; claims(): Readonly<Record<string, string>> };
  }

  export class Provider {
    constructor(issuer: string, settings: ProviderSettings);
    callback(): (request: IncomingMessage, response: ServerResponse) => void;
  }
}
