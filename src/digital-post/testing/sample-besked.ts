export interface SampleBesked {
  beskedId?: string;
  event?: string;
  statusCode?: string;
  /** Of a digital message. */
  messageUUID?: string;
  /** Of a letter. */
  letterId?: string;
  /** The message that the envelope names; default the same. */
  namedOutside?: string;
  actor?: string;
  cvr?: string;
  errorCode?: string;
  errorText?: string;
  at?: string;
  /** The bare Haendelsesbesked, as AMQP gives it. */
  isBare?: boolean;
}

const DELIVERED = 'f7161a89-5068-4023-bc80-d7f4daad2a2e';
const DIGITAL_POST = '96514e13-afdd-44d6-95a8-adc2ca19b127';

/** For specs: a message of Beskedfordeler of the shape that its test environment sends, about nobody. */
export function sampleBesked(wish: SampleBesked = {}): string {
  const { beskedId = 'bd12c645-de98-453a-ac80-f58a76942eda', event = DELIVERED, actor = DIGITAL_POST } = wish;
  const { cvr = '12345678', namedOutside = wish.messageUUID ?? wish.letterId ?? '' } = wish;
  const id = (name: string, uuid: string) =>
    `<k:${name}><s:UUIDIdentifikator>${uuid}</s:UUIDIdentifikator></k:${name}>`;
  const owner = (name: string) => `<k:${name}><s:URNIdentifikator>urn:oio:cvr:${cvr}</s:URNIdentifikator></k:${name}>`;
  const content = Buffer.from(postStatus(wish)).toString('base64');
  const besked =
    `<k:Haendelsesbesked xmlns:k="urn:oio:besked:kuvert:1.0" xmlns:s="urn:oio:sagdok:3.0.0">${id('BeskedId', beskedId)}` +
    `<k:Beskedkuvert><k:Filtreringsdata>${id('BeskedAnsvarligAktoer', actor)}${owner('TilladtModtager')}` +
    `<k:ObjektRegistrering>${owner('ObjektAnsvarligMyndighed')}${id('ObjektId', namedOutside)}` +
    `${id('ObjektHandling', event)}</k:ObjektRegistrering></k:Filtreringsdata><k:Leveranceinformation>` +
    `<k:KildesystemAkkreditiver>aGVtbWVsaWd0</k:KildesystemAkkreditiver></k:Leveranceinformation></k:Beskedkuvert>` +
    `<k:Beskeddata><Base64 xmlns="urn:besked:kuvert:1.0">${content}</Base64></k:Beskeddata></k:Haendelsesbesked>`;
  if (wish.isBare) return besked;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<sts:ModtagBeskedInput xmlns:sts="urn:oio:sts:1.0.0">${besked}</sts:ModtagBeskedInput>`;
}

function postStatus(wish: SampleBesked): string {
  const { messageUUID, letterId, statusCode = 'Afleveret Digital Post', at = '2026-11-23T11:22:05.154Z' } = wish;
  const part = (name: string, text: string | undefined) => (text === undefined ? '' : `<${name}>${text}</${name}>`);
  return (
    `<PKO_PostStatus xmlns="http://serviceplatformen.dk/xml/print/PKO_PostStatus/1/types">` +
    part('TransmissionId', '1ab6eb87-a457-4ad3-8952-ed8f18a1676a') +
    part('MessageUUID', messageUUID) +
    part('AfsendelseIdentifikator', letterId) +
    part('TransaktionsDatoTid', at) +
    part('TransaktionsStatusKode', statusCode) +
    `<FejlDetaljer>${part('FejlKode', wish.errorCode)}${part('FejlTekst', wish.errorText)}</FejlDetaljer></PKO_PostStatus>`
  );
}
