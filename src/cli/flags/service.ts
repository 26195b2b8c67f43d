import { requireServiceName, type ServiceName } from '../../base/service-name.js';

/**
 * Reads `--service`, a short or a full name.
 *
 * @throws UsageError where the text can't be the name of a service
 */
export const readService = (text: string): ServiceName => requireServiceName(text, '--service');
