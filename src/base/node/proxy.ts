import type { Agent, IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';

/** The variables of the environment, by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The part of `fetch` that a download uses. */
export type Fetch = (url: string, init: { readonly signal: AbortSignal }) => Promise<Response>;

/**
 * The proxy that the environment names for a URL, as curl and the AWS CLI read it: HTTPS_PROXY or HTTP_PROXY by the
 * URL's protocol, in either case, unless NO_PROXY names the host. Node itself reads them from release 24 on only.
 */
export function proxyFor(url: string, env: Environment): string | undefined {
  const { protocol, hostname, port } = new URL(url);
  const name = protocol === 'https:' ? 'https_proxy' : 'http_proxy';
  const proxy = env[name] || env[name.toUpperCase()];
  if (proxy === undefined || proxy === '') return undefined;
  const skipped = (env['no_proxy'] || env['NO_PROXY'] || '').toLowerCase().split(/[\s,]+/);
  const host = hostname.replace(/^\[|\]$/g, '');
  if (skipped.some((entry) => namesHost(entry, host, port))) return undefined;
  return proxy.includes('://') ? proxy : `http://${proxy}`;
}

/** `example.com` and `.example.com` name the host and all below it; `*` names every host. */
function namesHost(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true;
  const [, name = '', entryPort = ''] = /^(.*?)(?::(\d+))?$/.exec(entry) ?? [];
  const domain = name.replace(/^\*?\./, '');
  if (domain === '' || (entryPort !== '' && entryPort !== port)) return false;
  return host === domain || host.endsWith(`.${domain}`);
}

/** The agent that sends requests for a URL through the environment's proxy; undefined where there is none. */
export async function proxyAgent(url: string, env: Environment): Promise<Agent | undefined> {
  const proxy = proxyFor(url, env);
  if (proxy === undefined) return undefined;
  const { ProxyAgent } = await import('./proxy-agent.js');
  return new ProxyAgent(proxy);
}

const redirects = new Set([301, 302, 303, 307, 308]);
const mostRedirects = 5;

/** `fetch` that goes through the environment's proxy where it names one for the URL. */
export function fetchVia(env: Environment): Fetch {
  const get = async (url: string, signal: AbortSignal, followed: number): Promise<Response> => {
    const agent = await proxyAgent(url, env);
    if (agent === undefined) return fetch(url, { signal });
    const answer = await request(url, { signal, agent });
    const { statusCode = 0, headers } = answer;
    if (!redirects.has(statusCode) || headers.location === undefined || followed === mostRedirects)
      return new Response(Readable.toWeb(answer), { status: statusCode });
    answer.resume();
    return get(new URL(headers.location, url).href, signal, followed + 1);
  };
  return (url, { signal }) => get(url, signal, 0);
}

async function request(
  url: string,
  options: { readonly signal: AbortSignal; readonly agent: Agent },
): Promise<IncomingMessage> {
  const node = url.startsWith('https:') ? await import('node:https') : await import('node:http');
  return new Promise((resolve, reject) => {
    node.get(url, options, resolve).on('error', reject);
  });
}
