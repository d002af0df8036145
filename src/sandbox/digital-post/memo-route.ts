import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { inspectMemo } from './memo-inspector';
import { answerError, answerJson, readBody } from './peer-answers';
import type { PostOffice } from './post-office';
import { receiptOf } from './receipt-queue';
import type { Scenario } from './scenario';

const MOST_BYTES = 99_500_000;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** `POST /memos/?memo-message-uuid=…`: one message, as NgDP takes it. */
export async function takeMemo(
  office: PostOffice,
  xsdFolder: string | undefined,
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
  const memo = await inspectMemo(body, xsdFolder);
  const scenario = office.scenarios.take(uuid, memo.recipientCpr);
  if (turnsAway(scenario, response)) return;
  if (memo.faults.length > 0) return answerError(response, 400, 'memo.invalid', memo.faults.join(' '));
  if (memo.messageUUID.toLowerCase() !== uuid.toLowerCase()) {
    return answerError(response, 400, 'uuid.mismatch', 'memo-message-uuid and messageUUID of the message differ.');
  }
  const known = office.messages.find(uuid);
  if (known && known.sha256 !== createHash('sha256').update(body).digest('hex')) {
    return answerError(response, 400, 'memo.duplicate', 'Another message of the same UUID was taken in before.');
  }
  if (known) office.messages.cameAgain(known);
  const receipt = known ? receiptOf(known, 'RECEIVED') : office.takeIn(body, memo, scenario);
  // The caller waits for an answer that never comes; the message is in.
  if (scenario?.kind === 'timeout-after-acceptance') return;
  if (scenario?.kind === 'broken-after-acceptance') return void response.destroy();
  answerJson(response, 201, receipt);
}

/** Scenarios in which nothing is taken in. */
function turnsAway(scenario: Scenario | undefined, response: ServerResponse): boolean {
  switch (scenario?.kind) {
    case 'half-open':
      return true;
    case 'refused':
      answerError(response, 400, scenario.code ?? 'memo.invalid', 'The message is refused as the scenario asks.');
      return true;
    case 'unavailable':
      answerError(response, 503, 'unavailable', 'Digital Post is closed for maintenance.');
      return true;
    case 'server-error':
      answerError(response, 500, 'internal', 'Something went wrong.');
      return true;
    case 'too-many-requests':
      response.setHeader('Retry-After', scenario.retryAfter ?? '2');
      answerError(response, 429, 'too.many.requests', 'Too many messages.');
      return true;
    case 'html':
      response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html><body>Velkommen</body></html>');
      return true;
    default:
      return false;
  }
}
