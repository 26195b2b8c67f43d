/** What stood in the way of a request, and what to do about it. */
export interface NetworkCause {
  readonly cause: string;
  readonly remedy: string;
}

const untrusted = new Set([
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/**
 * Tells failures of TLS and of a proxy from those of the server: both are mended on the user's side.
 *
 * @param error what `fetch`, Node or the AWS SDK threw; the reason may stand in its cause
 */
export function networkCause(error: unknown): NetworkCause | undefined {
  for (const each of causesOf(error)) {
    const code = 'code' in each && typeof each.code === 'string' ? each.code : '';
    if (code === 'EPROXY') return proxyCause(each.message);
    if (untrusted.has(code)) return untrustedCause(code);
    if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') return expiredCause(code);
    if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return otherNameCause(code);
    if (code === 'EPROTO' || code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_')) {
      return notTlsCause(code);
    }
  }
  return undefined;
}

function causesOf(error: unknown): readonly Error[] {
  const causes: Error[] = [];
  // An error that is its own cause would have no end.
  for (let each = error; each instanceof Error && causes.length < 5; each = each.cause) {
    causes.push(each);
    if (each instanceof AggregateError) causes.push(...each.errors.filter(isError));
  }
  return causes;
}

const isError = (value: unknown): value is Error => value instanceof Error;

const proxyCause = (message: string): NetworkCause => ({
  cause: message,
  remedy: 'Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY.',
});

const untrustedCause = (code: string): NetworkCause => ({
  cause: `TLS: the certificate is signed by an authority that is not trusted here (${code})`,
  remedy:
    "If a proxy of your network signs it, name the file of its authority's certificate in NODE_EXTRA_CA_CERTS.",
});

const expiredCause = (code: string): NetworkCause => ({
  cause: `TLS: the certificate is not valid today (${code})`,
  remedy: "Check this machine's clock; if it is right, the server's certificate must be renewed.",
});

const otherNameCause = (code: string): NetworkCause => ({
  cause: `TLS: the certificate is of another host (${code})`,
  remedy: 'Check the address, and the proxy or DNS that leads to it.',
});

const notTlsCause = (code: string): NetworkCause => ({
  cause: `TLS: no secure connection could be made (${code})`,
  remedy: 'Check the address, and the proxy that leads to it.',
});
