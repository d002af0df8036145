import type { ReceiptStatus } from '../../contracts';
import { elementAt, localName, textAt, type XmlElement } from '../xml-path';

/** What a PKO_PostStatus says, with its faults; the text of a fault may quote the message. */
export interface PostStatus {
  transmissionId?: string;
  messageUUID?: string;
  messageId?: string;
  /** AfsendelseIdentifikator: the id of a letter. */
  letterId?: string;
  channel?: string;
  at?: string;
  statusCode?: string;
  errorCode?: string;
  errorText?: string;
}

/** The events of Serviceplatformen's post, by the UUID in the envelope and the words in the message. */
const EVENTS: readonly [uuid: string, words: string, status: ReceiptStatus][] = [
  ['eb866ca2-b871-4387-b501-12cde577bd58', 'Modtaget Digital Post', 'RECEIVED'],
  ['f7161a89-5068-4023-bc80-d7f4daad2a2e', 'Afleveret Digital Post', 'COMPLETED'],
  ['e225a75c-4b63-46c4-9423-77f5c8762445', 'Fejlet', 'FAILED'],
  ['db5a6025-caa3-45c3-8e02-4e6fa8142ade', 'Afsendt', 'POSTED'],
  ['dd98e71c-41ac-4305-a47b-8f86b00e639b', 'Modtaget Fjern-print', 'PRINTING'],
  ['e2b30d57-504a-4e2e-ae2d-a1394a9cb0b8', 'Klar', 'PRINTING'],
  ['e3c0a021-2070-40d4-b7b7-754aeba762e9', 'Afleveret til print og kuvertering', 'PRINTING'],
  ['e94a0a8b-60a0-42ad-8b83-52c9e15d0fb3', 'Modtaget Post Danmark', 'HANDED_OVER'],
  ['f03904aa-df6e-417f-bd74-6a01a61adbcf', 'Tilbagekaldt', 'RECALLED'],
  ['f4e6eb11-0261-4198-8b5d-be92a9b1a35d', 'Opdatering fra Post Danmark', 'RETURNED'],
];

/** Codes of a fault that say that the recipient cannot receive, rather than that the message is bad. */
const NOT_RECEIVING = /not.?allowed|not.?registered|exempt|fritag|ikke.?tilmeldt|closed/i;

export function readPostStatus(root: XmlElement | undefined): PostStatus | undefined {
  if (!root || localName(root) !== 'PKO_PostStatus') return undefined;
  const fault = elementAt(root, 'FejlDetaljer');
  return {
    transmissionId: textAt(root, 'TransmissionId'),
    messageUUID: textAt(root, 'MessageUUID')?.toLowerCase(),
    messageId: textAt(root, 'MessageId'),
    letterId: textAt(root, 'AfsendelseIdentifikator')?.toLowerCase(),
    channel: textAt(root, 'KanalKode'),
    at: textAt(root, 'TransaktionsDatoTid'),
    statusCode: textAt(root, 'TransaktionsStatusKode'),
    errorCode: textAt(fault, 'FejlKode'),
    errorText: textAt(fault, 'FejlTekst'),
  };
}

/**
 * What a message became by the event of the envelope and the words of the message. What is unknown, and what contradicts
 * itself, is FAILED with a code of our own: a human must look. FejlKode is a text (`memo.invalid`), not a number.
 */
export function statusOf(event: string | undefined, post: PostStatus): { status: ReceiptStatus; errorCode?: string } {
  const byEvent = EVENTS.find(([uuid]) => uuid === event?.toLowerCase())?.[2];
  const byWords = EVENTS.find(([, words]) => words.toLowerCase() === post.statusCode?.toLowerCase())?.[2];
  const status = byEvent ?? byWords;
  if (status === undefined) return { status: 'FAILED', errorCode: post.errorCode ?? 'status.unknown' };
  if (byWords !== undefined && byWords !== status)
    return { status: 'FAILED', errorCode: post.errorCode ?? 'status.contradiction' };
  if (status === 'FAILED') return failure(post.errorCode);
  if (post.errorCode !== undefined && status === 'COMPLETED') return { status: 'FAILED', errorCode: post.errorCode };
  return { status, errorCode: post.errorCode };
}

function failure(errorCode: string | undefined): { status: ReceiptStatus; errorCode?: string } {
  if (errorCode === undefined) return { status: 'FAILED', errorCode: 'fault.without-code' };
  if (errorCode.startsWith('memo.')) return { status: 'INVALID', errorCode };
  return { status: NOT_RECEIVING.test(errorCode) ? 'NOT_ALLOWED' : 'FAILED', errorCode };
}
