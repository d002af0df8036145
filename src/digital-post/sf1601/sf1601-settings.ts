import type { TlsSettings } from '../transport/tls-connection';
import type { FileTlsSettings } from '../transport/file-settings';
import type { BrokerSettings } from '../beskedfordeler/broker-settings';

/** Names of the services at the token service. The one for receipts differs between municipalities' agreements. */
export interface EntityIds {
  send: string;
  lookUp: string;
  receipts: string;
}

export const ENTITY_IDS: EntityIds = {
  send: 'http://entityid.kombit.dk/service/kombipostafsend/1',
  lookUp: 'http://entityid.kombit.dk/service/postforespoerg/1',
  receipts: 'http://entityid.kombit.dk/service/bfo_modtag/2',
};

/** How to reach KOMBIT's Serviceplatform (SF1601) as a municipality with an agreement. */
export interface Sf1601System {
  /** The municipality for which is sent: eight digits. */
  cvr: string;
  /** The token service: `https://n2adgangsstyring.stoettesystemerne.dk/runtime/api/rest/wstrust/v1/issue`. */
  tokenUrl: string;
  /** The platform: `https://prod.serviceplatformen.dk`. */
  serviceUrl: string;
  /** Default {@link ENTITY_IDS}. */
  entityIds?: Partial<EntityIds>;
  /** Where receipts are fetched (BeskedHent). Absent: they are pushed only. */
  broker?: BrokerSettings;
  /** Told in whole sentences about what is passed over, such as a receipt that cannot be read. */
  report?: (sentence: string) => void;
}

export type Sf1601Settings = Sf1601System & TlsSettings;
export type Sf1601FileSettings = Sf1601System & FileTlsSettings;
