import { Logger } from '@nestjs/common';
import type { DigitalPostGateway } from '../contracts';
import { NgdpGateway, RenewedGateway, Sf1601Gateway, type Sf1601FileSettings } from '../digital-post';
import type { Settings } from '../platform/settings';

/** The token by which the road to Digital Post is injected. */
export const GATEWAY = Symbol('DigitalPostGateway');
export type Gateway = DigitalPostGateway;

/** The road that the settings choose. */
export function gatewayFrom(settings: Settings): DigitalPostGateway {
  return new RenewedGateway(() => roadFrom(settings));
}

function roadFrom(settings: Settings): DigitalPostGateway {
  const logger = new Logger('DigitalPost');
  const shared = {
    certificateFile: settings.DIGITAL_POST_CERTIFICATE_FILE,
    keyFile: settings.DIGITAL_POST_KEY_FILE,
    passphrase: settings.DIGITAL_POST_PASSPHRASE,
    caFile: settings.DIGITAL_POST_CA_FILE,
    idleTimeoutMs: settings.DIGITAL_POST_IDLE_MS,
    report: (sentence: string) => logger.warn(sentence),
  };
  if (settings.DIGITAL_POST_ROUTE === 'sf1601') return new Sf1601Gateway({ ...shared, ...sf1601(settings) });
  return new NgdpGateway({
    ...shared,
    baseUrl: settings.DIGITAL_POST_URL,
    systemId: settings.DIGITAL_POST_SYSTEM_ID as string,
    apiToken: settings.DIGITAL_POST_API_TOKEN as string,
  });
}

/** True when an answer that cannot go digitally may go as a letter through the same road. */
export function carriesLetters({ DIGITAL_POST_ROUTE, LETTER_SHIPMENT_TYPE }: Settings): boolean {
  return DIGITAL_POST_ROUTE === 'sf1601' && LETTER_SHIPMENT_TYPE !== undefined;
}

function sf1601(
  settings: Settings,
): Pick<Sf1601FileSettings, 'cvr' | 'tokenUrl' | 'serviceUrl' | 'entityIds' | 'broker'> {
  const { SF1601_RECEIPTS_ENTITY_ID: receipts, SF1601_BROKER_URL: url } = settings;
  return {
    cvr: settings.SF1601_CVR as string,
    tokenUrl: settings.SF1601_TOKEN_URL as string,
    serviceUrl: settings.DIGITAL_POST_URL,
    entityIds: receipts ? { receipts } : undefined,
    broker: url
      ? {
          url,
          vhost: settings.SF1601_BROKER_VHOST,
          queue: settings.SF1601_BROKER_QUEUE as string,
          login: brokerLogin(settings.SF1601_BROKER_LOGIN),
        }
      : undefined,
  };
}

function brokerLogin(login: string): 'token' | 'certificate' | { user: string; password: string } {
  if (login === 'token' || login === 'certificate') return login;
  const at = login.indexOf(':');
  return { user: login.slice(0, at), password: login.slice(at + 1) };
}
