/** Namespaces of one version of the index's schemas. */
export function namespacesOf(version: string) {
  return {
    soap: 'http://www.w3.org/2003/05/soap-envelope',
    header: 'http://kombit.dk/xml/schemas/RequestHeader/1/',
    common: 'urn:oio:sagdok:3.0.0',
    index: `urn:oio:sts:sagdok:sagdokumentindeks:${version}`,
    case: `urn:oio:sts:sagdok:sag:${version}`,
    definitions: `urn:oio:sts:generelledefinitioner:${version}`,
  };
}

export interface IndexSearch {
  /** Ten digits. */
  cpr: string;
  /** Of the first result, from 0. */
  first: number;
  most: number;
}

/** What the search shows of a case; an empty filter would show nothing. */
const SHOWN = ['egenskaber', 'fremdrift', 'sagsklasse', 'journalpost', 'journalpost-journalnote', 'itsystem'];

/**
 * `FremsoegSagDokumentIndeksInput`: every case in which the number is a party, whatever its state (SF1470, operation
 * fremsoeg). The names follow the official schema.
 */
export function searchInput({ cpr, first, most }: IndexSearch, version: string): string {
  const ns = namespacesOf(version);
  return (
    `<sdi:FremsoegSagDokumentIndeksInput xmlns:sdi="${ns.index}" xmlns:sag="${ns.case}" xmlns:sd="${ns.common}" xmlns:gd="${ns.definitions}">` +
    `<sdi:SoegUdtryk><sdi:SoegSag>` +
    `<sd:FoersteResultatReference>${first}</sd:FoersteResultatReference>` +
    `<sd:MaksimalAntalKvantitet>${most}</sd:MaksimalAntalKvantitet>` +
    `<sag:AttributListe/><sag:TilstandListe/><sag:RelationListe><sag:Sagspart>` +
    `<gd:ReferenceID><sd:URNIdentifikator>urn:oio:cpr-nr:${cpr}</sd:URNIdentifikator></gd:ReferenceID>` +
    `</sag:Sagspart></sag:RelationListe></sdi:SoegSag></sdi:SoegUdtryk>` +
    `<sdi:Filter>` +
    SHOWN.map((shown) => `<sdi:SagVis><sdi:Vis>${shown}</sdi:Vis></sdi:SagVis>`).join('') +
    `<sdi:SagInkluder>journalpost</sdi:SagInkluder></sdi:Filter>` +
    `</sdi:FremsoegSagDokumentIndeksInput>`
  );
}

/** The whole SOAP 1.2 message. `transaction` is a UUID that both sides log. */
export function searchEnvelope(search: IndexSearch, version: string, transaction: string): string {
  const ns = namespacesOf(version);
  return (
    `<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="${ns.soap}"><soap:Header>` +
    `<h:RequestHeader xmlns:h="${ns.header}"><h:TransactionUUID>${transaction}</h:TransactionUUID></h:RequestHeader>` +
    `</soap:Header><soap:Body>${searchInput(search, version)}</soap:Body></soap:Envelope>`
  );
}
