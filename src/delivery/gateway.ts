import { readFileSync } from 'node:fs';
import { Logger } from '@nestjs/common';
import type { DigitalPostGateway } from '../contracts';
import { NgdpGateway } from '../digital-post';
import type { Settings } from '../platform/settings';

/** The token by which the road to Digital Post is injected. */
export const GATEWAY = Symbol('DigitalPostGateway');
export type Gateway = DigitalPostGateway;

export function gatewayFrom(settings: Settings): NgdpGateway {
  const logger = new Logger('DigitalPost');
  return new NgdpGateway({
    baseUrl: settings.DIGITAL_POST_URL,
    cert: readFileSync(settings.DIGITAL_POST_CERTIFICATE_FILE),
    key: readFileSync(settings.DIGITAL_POST_KEY_FILE),
    ca: settings.DIGITAL_POST_CA_FILE ? readFileSync(settings.DIGITAL_POST_CA_FILE) : undefined,
    systemId: settings.DIGITAL_POST_SYSTEM_ID,
    apiToken: settings.DIGITAL_POST_API_TOKEN,
    report: (sentence) => logger.warn(sentence),
  });
}
