import type { IncomingMessage, ServerResponse } from 'node:http';
import { inspectMemo, type Inspection } from './memo-inspector';
import { answerError, answerJson, readBody } from './peer-answers';
import type { PostOffice } from './post-office';
import { receiptOf } from './receipt-queue';
import { takeMessage, type Incoming, type RoadAnswers } from './take-message';

const MOST_BYTES = 99_500_000;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const CODES: Readonly<Record<number, string>> = { 401: 'unauthorized', 429: 'too.many.requests', 503: 'unavailable' };

const NGDP: RoadAnswers = {
  // NgDP never says no with a good status.
  refuse: (response, code, sentence) => answerError(response, 400, code, sentence),
  fail: (response, status, sentence) => answerError(response, status, CODES[status] ?? 'internal', sentence),
  accept: (response, message) => answerJson(response, 201, receiptOf(message, 'RECEIVED')),
};

export interface MemoDoor {
  office: PostOffice;
  xsdFolder?: string;
  memoVersion?: '1.2' | '1.1';
  /** The municipality whose system this is: it sends for nobody else. */
  cvr: string;
  /** Resolves when every receipt that is on its way has been answered. */
  settled: () => Promise<void>;
}

/** `POST /memos/?memo-message-uuid=…`: one message, as NgDP takes it. */
export async function takeMemo(
  { office, xsdFolder, memoVersion, cvr, settled }: MemoDoor,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const mediaType = (request.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
  const body = await readBody(request, MOST_BYTES);
  const uuid = url.searchParams.get('memo-message-uuid') ?? '';
  if (!['application/xml', 'text/xml'].includes(mediaType)) {
    return answerError(response, 400, 'content.type', 'Content-Type must be application/xml or text/xml.');
  }
  if (!UUID.test(uuid)) return answerError(response, 400, 'uuid.missing', 'memo-message-uuid must be a UUID.');
  if (!body) return answerError(response, 400, 'memo.size', 'The message is too large or was cut off.');
  const memo = await inspectMemo(body, xsdFolder, memoVersion);
  const { recipientCpr, label, messageId } = memo;
  const facts = { recipientCpr, label, messageId, road: 'ngdp', channel: 'digital' } as const;
  const refusal = refusalOf(memo, cvr) ?? mismatchOf(memo, uuid);
  return takeMessage(office, { id: uuid, body, facts, refusal }, NGDP, response, settled);
}

/** Why a message may not come in by either road. */
export function refusalOf({ faults, senderCvr }: Inspection, cvr: string): Incoming['refusal'] {
  if (faults.length > 0) return { code: 'memo.invalid', sentence: faults.join(' ') };
  if (senderCvr === cvr) return undefined;
  return { code: 'sender.not-allowed', sentence: 'This system may not send for the sender of the message.' };
}

function mismatchOf({ messageUUID }: Inspection, uuid: string): Incoming['refusal'] {
  if (messageUUID.toLowerCase() === uuid.toLowerCase()) return undefined;
  return { code: 'uuid.mismatch', sentence: 'memo-message-uuid and messageUUID of the message differ.' };
}
