import { quoteValue, UsageError } from '../../base/errors.js';
import { parseServiceName, type ServiceName } from '../../base/service-name.js';

/**
 * Reads `--service`, a short or a full name.
 *
 * @throws UsageError where the text can't be the name of a service
 */
export function readService(text: string): ServiceName {
  const name = parseServiceName(text);
  if (name !== null) return name;
  throw new UsageError(`--service: ${quoteValue(text)} does not name a service`, {
    hint: 'Give a short name such as s3, or a full one such as com.amazonaws.us-east-1.s3.',
  });
}
