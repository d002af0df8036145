import { randomUUID } from 'node:crypto';
import type { ReceiptStatus } from '../../../contracts';
import type { ReceiptBody } from '../receipt-queue';

/** A system that answers for no post. */
export const STRANGER = '0e5a7d54-1f35-4c0c-9a53-2d9f1a3c7b20';
const DIGITAL_POST = '96514e13-afdd-44d6-95a8-adc2ca19b127';
const PRINTER = 'afd21f3d-11c7-4f51-b2a6-f31d6480a9fb';

/** Event and words for what happened, as Serviceplatformen writes them. */
const EVENTS: Partial<Record<ReceiptStatus, [uuid: string, words: string]>> = {
  RECEIVED: ['eb866ca2-b871-4387-b501-12cde577bd58', 'Modtaget Digital Post'],
  COMPLETED: ['f7161a89-5068-4023-bc80-d7f4daad2a2e', 'Afleveret Digital Post'],
  PRINTING: ['dd98e71c-41ac-4305-a47b-8f86b00e639b', 'Modtaget Fjern-print'],
  POSTED: ['db5a6025-caa3-45c3-8e02-4e6fa8142ade', 'Afsendt'],
  HANDED_OVER: ['e94a0a8b-60a0-42ad-8b83-52c9e15d0fb3', 'Modtaget Post Danmark'],
  RETURNED: ['f4e6eb11-0261-4198-8b5d-be92a9b1a35d', 'Opdatering fra Post Danmark'],
  RECALLED: ['f03904aa-df6e-417f-bd74-6a01a61adbcf', 'Tilbagekaldt'],
};
const FAILED: [uuid: string, words: string] = ['e225a75c-4b63-46c4-9423-77f5c8762445', 'Fejlet'];

export interface BeskedWish {
  id: string;
  /** Whose message it is about. */
  cvr: string;
  channel: 'digital' | 'letter';
  /** Who says so; default the one who answers for the channel. */
  actor?: string;
}

/** A message of Beskedfordeler with a PKO_PostStatus, in the shape that its test environment sends. */
export function beskedOf(receipt: ReceiptBody, { id, cvr, channel, actor }: BeskedWish): string {
  const [event, words] = EVENTS[receipt.receiptStatus] ?? FAILED;
  const now = receipt.timeStamp;
  const uuid = (value: string) => `<UUIDIdentifikator>${value}</UUIDIdentifikator>`;
  const owner = `<URNIdentifikator>urn:oio:cvr:${cvr}</URNIdentifikator>`;
  const time = `<TidsstempelDatoTid>${now}</TidsstempelDatoTid>`;
  const content = Buffer.from(postStatus(receipt, channel, words), 'utf8').toString('base64');
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<ns4:ModtagBeskedInput xmlns="urn:oio:sagdok:3.0.0" xmlns:ns2="urn:oio:besked:kuvert:1.0" xmlns:ns4="urn:oio:sts:1.0.0">
  <ns2:Haendelsesbesked>
    <ns2:BeskedId>${uuid(id)}</ns2:BeskedId>
    <ns2:BeskedVersion>1.0</ns2:BeskedVersion>
    <ns2:Beskedkuvert>
      <ns2:Filtreringsdata>
        <ns2:Beskedtype>${uuid('d2bed63c-4853-4008-b6e0-a74c15b15fbf')}</ns2:Beskedtype>
        <ns2:BeskedAnsvarligAktoer>${uuid(actor ?? (channel === 'letter' ? PRINTER : DIGITAL_POST))}</ns2:BeskedAnsvarligAktoer>
        <ns2:TilladtModtager>${owner}</ns2:TilladtModtager>
        <ns2:ObjektRegistrering>
          <ns2:ObjektRegistreringId>${uuid(receipt.transmissionId)}</ns2:ObjektRegistreringId>
          <ns2:Registreringstidspunkt>${time}</ns2:Registreringstidspunkt>
          <ns2:ObjektAnsvarligMyndighed>${owner}</ns2:ObjektAnsvarligMyndighed>
          <ns2:ObjektId>${uuid(receipt.messageUUID)}</ns2:ObjektId>
          <ns2:ObjektHandling>${uuid(event)}</ns2:ObjektHandling>
        </ns2:ObjektRegistrering>
      </ns2:Filtreringsdata>
      <ns2:Leveranceinformation>
        <ns2:Dannelsestidspunkt>${time}</ns2:Dannelsestidspunkt>
        <ns2:TransaktionsId>${uuid(randomUUID())}</ns2:TransaktionsId>
        <ns2:KildesystemAkkreditiver>c2FuZGthc3Nl</ns2:KildesystemAkkreditiver>
      </ns2:Leveranceinformation>
    </ns2:Beskedkuvert>
    <ns2:Beskeddata>
      <Base64 xmlns="urn:besked:kuvert:1.0" content-type="application/xml" encoding="UTF-8" file-type=".xml">${content}</Base64>
    </ns2:Beskeddata>
  </ns2:Haendelsesbesked>
</ns4:ModtagBeskedInput>
`;
}

function postStatus(receipt: ReceiptBody, channel: 'digital' | 'letter', words: string): string {
  const { errorCode, errorMessage } = receipt;
  const part = (name: string, value: string | null) => (value === null ? '' : `<${name}>${value}</${name}>`);
  const fault = errorCode === null ? '' : part('FejlKode', errorCode) + part('FejlTekst', errorMessage);
  return [
    '<PKO_PostStatus xmlns="http://serviceplatformen.dk/xml/print/PKO_PostStatus/1/types">',
    part('TransmissionId', channel === 'letter' ? null : receipt.transmissionId),
    part(channel === 'letter' ? 'AfsendelseIdentifikator' : 'MessageUUID', receipt.messageUUID),
    part('MessageId', receipt.messageId),
    part('KanalKode', channel === 'letter' ? 'Fysisk Post' : 'Digital Post'),
    part('TransaktionsDatoTid', receipt.timeStamp),
    part('TransaktionsStatusKode', words),
    `<FejlDetaljer>${fault}</FejlDetaljer>`,
    '</PKO_PostStatus>',
  ].join('');
}
