import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

/** A certificate of its own authority for prices.test and 127.0.0.1, valid until 2120, and its key: of no use elsewhere. */
export const certificate = `-----BEGIN CERTIFICATE-----
MIIBTTCB9KADAgECAgEBMAoGCCqGSM49BAMCMBYxFDASBgNVBAMMC3ByaWNlcy50
ZXN0MCAXDTIwMDEwMTAwMDAwMFoYDzIxMjAwMTAxMDAwMDAwWjAWMRQwEgYDVQQD
DAtwcmljZXMudGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABKdhKtr9Ui3X
eJ6kOgRiIiPAhYMr94bT1M6WFOj/JRgbp71WReJKAoBshhQ9t4UwuQjd8esA3Azu
bqp47hSj17ujMTAvMBwGA1UdEQQVMBOCC3ByaWNlcy50ZXN0hwR/AAABMA8GA1Ud
EwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIhAM/iIvpmyao/iucvE9lTnL1i
CPG2UKbC652+jtS/EzAHAiB9j9yGaWUzLAuJCKZwU/ysU0lVZHwS1rHqhLXUMqDO
qA==
-----END CERTIFICATE-----
`;

const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgPoEzYe0n3/meMADE
tJJ15tRSU3xdTZ4QBasJj1tImI6hRANCAASnYSra/VIt13iepDoEYiIjwIWDK/eG
09TOlhTo/yUYG6e9VkXiSgKAbIYUPbeFMLkI3fHrANwM7m6qeO4Uo9e7
-----END PRIVATE KEY-----
`;

/** A server on loopback that is closed, with all its connections, at the end of a block. */
export interface Loopback extends AsyncDisposable {
  readonly port: number;
}

/** Speaks TLS before a server on loopback that does not. */
export async function startTls(port: number): Promise<Loopback> {
  const server = createTlsServer({ cert: certificate, key }, (socket) => join(socket, port));
  return listening(server);
}

/** A proxy as companies have them. It leads every host to the loopback server on the same port. */
export interface Proxy extends Loopback {
  /** The hosts that it was asked for, and the credentials that came with it. */
  readonly asked: readonly { readonly host: string; readonly authorization: string | undefined }[];
}

/** @param refuse the status that it answers with in place of leading on */
export async function startProxy(refuse?: number): Promise<Proxy> {
  const asked: { host: string; authorization: string | undefined }[] = [];
  const server = createServer().on('connect', (request, socket: Socket) => {
    const host = request.url ?? '';
    asked.push({ host, authorization: request.headers['proxy-authorization'] });
    if (refuse !== undefined) socket.end(`HTTP/1.1 ${refuse} No\r\n\r\n`);
    else {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      join(socket, Number(host.split(':')[1]));
    }
  });
  return { ...(await listening(server)), asked };
}

function join(socket: Socket, port: number): void {
  const behind = connect(port, '127.0.0.1');
  for (const [from, to] of [
    [socket, behind],
    [behind, socket],
  ] as const) {
    from.pipe(to);
    from.on('error', () => to.destroy());
    from.on('close', () => to.destroy());
  }
}

async function listening(server: Server): Promise<Loopback> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const { port } = address;
  return {
    port,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}
