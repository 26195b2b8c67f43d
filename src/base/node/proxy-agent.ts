import type { ClientRequest } from 'node:http';
import { HttpsProxyAgent } from 'https-proxy-agent';

/** A request that did not get past the proxy. It names the proxy's host, not the user and password that its URL may hold. */
class ProxyFailure extends Error {
  override readonly name = 'ProxyFailure';
  readonly code = 'EPROXY';
}

type Connection = Parameters<HttpsProxyAgent<string>['connect']>[1];

/** Sends requests through a proxy, by CONNECT. */
export class ProxyAgent extends HttpsProxyAgent<string> {
  readonly #host: string;

  constructor(proxy: string) {
    super(proxy);
    this.#host = new URL(proxy).host;
    this.on('proxyConnect', ({ statusCode }: { readonly statusCode: number }) => {
      if (statusCode !== 200) throw new ProxyFailure(`answered ${statusCode}`);
    });
  }

  override async connect(request: ClientRequest, options: Connection) {
    try {
      return await super.connect(request, options);
    } catch (cause) {
      const why =
        cause instanceof ProxyFailure ? cause.message : `can't be reached${codeOf(cause)}`;
      throw new ProxyFailure(`the proxy ${this.#host} ${why}`, { cause });
    }
  }
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? ` (${code})` : '';
}
