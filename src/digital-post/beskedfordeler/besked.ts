import type { DigitalPostReceipt } from '../../contracts';
import { ForgedReceiptError, ReceiptError } from '../receipts';
import { withoutCpr } from '../without-cpr';
import { elementAt, localName, readXml, textAt, type XmlElement } from '../xml-path';
import { readPostStatus, statusOf, type PostStatus } from './post-status';

/** Systems that may tell what became of a message or letter: Digital Post, Strålfors, Edora, KMD Charlie Tango. */
export const RESPONSIBLE_ACTORS: readonly string[] = [
  '96514e13-afdd-44d6-95a8-adc2ca19b127',
  'afd21f3d-11c7-4f51-b2a6-f31d6480a9fb',
  'ae5b9a93-c923-40d7-a41a-1eec18374e27',
  '6b12182a-4268-4130-bd3e-159f8862c0a1',
];

export interface BeskedRules {
  /** The municipality that receipts must be for: eight digits. */
  cvr: string;
  /** Default {@link RESPONSIBLE_ACTORS}. */
  actors?: readonly string[];
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const BASE64 = /^[A-Za-z0-9+/\s]+={0,2}\s*$/;
const REGISTRATION = 'Beskedkuvert/Filtreringsdata/ObjektRegistrering';

/**
 * The receipt in a message of Beskedfordeler (SF1461), as it is pushed (`ModtagBeskedInput`) or fetched (the bare
 * `Haendelsesbesked`). Digital messages are named by MessageUUID, letters by AfsendelseIdentifikator. The credential of the
 * source system is left out of `raw`.
 * Throws `ReceiptError` when it is no PKO_PostStatus, and `ForgedReceiptError` when it is for another authority, of an
 * unknown sender, or its envelope and content name different messages.
 */
export function readBesked(text: string, rules: BeskedRules): DigitalPostReceipt {
  const envelope = envelopeOf(text);
  const post = readPostStatus(readXml(contentOf(envelope)));
  if (!post) throw new ReceiptError('A message of Beskedfordeler is no PKO_PostStatus.');
  const receiptId = textAt(envelope, 'BeskedId/UUIDIdentifikator')?.toLowerCase();
  if (!receiptId || !UUID.test(receiptId)) throw new ReceiptError('A message of Beskedfordeler has no id.');
  requireOurs(envelope, rules);
  const messageUUID = messageOf(post, receiptId);
  requireSameMessage(envelope, post, receiptId);
  const at = new Date(post.at ?? textAt(envelope, `${REGISTRATION}/Registreringstidspunkt/TidsstempelDatoTid`) ?? '');
  if (Number.isNaN(at.getTime())) throw new ReceiptError(`The receipt ${receiptId} has no valid time.`);
  return {
    receiptId,
    transmissionId: post.transmissionId,
    messageUUID,
    messageId: post.messageId,
    ...statusOf(textAt(envelope, `${REGISTRATION}/ObjektHandling/UUIDIdentifikator`), post),
    errorMessage: post.errorText === undefined ? undefined : withoutCpr(post.errorText),
    at: at.toISOString(),
    raw: withoutCredential(text),
  };
}

function envelopeOf(text: string): XmlElement {
  const root = readXml(text);
  const found = root && localName(root) === 'Haendelsesbesked' ? root : elementAt(root, 'Haendelsesbesked');
  if (!found) throw new ReceiptError('What came is no message of Beskedfordeler.');
  return found;
}

function contentOf(envelope: XmlElement): string {
  const base64 = textAt(envelope, 'Beskeddata/Base64') ?? '';
  return BASE64.test(base64) ? Buffer.from(base64, 'base64').toString('utf8') : '';
}

function messageOf({ messageUUID, letterId }: PostStatus, receiptId: string): string {
  const named = messageUUID ?? letterId;
  if (named && UUID.test(named)) return named;
  throw new ReceiptError(`The receipt ${receiptId} names neither message nor letter by UUID.`);
}

/** Who may receive it, and who answers for it, as the envelope says. */
function requireOurs(envelope: XmlElement, { cvr, actors = RESPONSIBLE_ACTORS }: BeskedRules): void {
  const data = elementAt(envelope, 'Beskedkuvert/Filtreringsdata');
  const ours = `urn:oio:cvr:${cvr}`;
  const owners = [
    textAt(data, 'TilladtModtager/URNIdentifikator'),
    textAt(data, 'ObjektRegistrering/ObjektAnsvarligMyndighed/URNIdentifikator'),
  ].filter((owner) => owner !== undefined);
  if (owners.some((owner) => owner.toLowerCase() !== ours))
    throw new ForgedReceiptError('A receipt is for another authority than this one. It was not taken in.');
  const actor = textAt(data, 'BeskedAnsvarligAktoer/UUIDIdentifikator')?.toLowerCase();
  if (!actor || !actors.includes(actor))
    throw new ForgedReceiptError('A receipt comes from a system that does not answer for post. It was not taken in.');
}

function requireSameMessage(envelope: XmlElement, post: PostStatus, receiptId: string): void {
  const named = textAt(envelope, `${REGISTRATION}/ObjektId/UUIDIdentifikator`)?.toLowerCase();
  if (!named || post.messageUUID === undefined || named === post.messageUUID) return;
  throw new ForgedReceiptError(
    `The receipt ${receiptId} names one message outside and another inside. It was not taken in.`,
  );
}

/** KildesystemAkkreditiver is what the source system showed to Beskedfordeler; it is nobody else's to keep. */
function withoutCredential(text: string): string {
  return text.replace(/(<(?:[\w.-]+:)?KildesystemAkkreditiver(?:\s[^>]*)?>)[^<]*/g, '$1');
}
