import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { MessageFacts, StoredMessage } from './message-store';
import type { PostOffice } from './post-office';
import type { Scenario } from './scenario';

/** What came to the door of a road, inspected. */
export interface Incoming {
  /** UUID of the message or letter. */
  id: string;
  /** The exact bytes of the message or letter. */
  body: Buffer;
  facts: Omit<MessageFacts, 'transmissionId'>;
  /** Why it may not come in. */
  refusal?: { code: string; sentence: string };
}

/** How a road speaks. */
export interface RoadAnswers {
  /** A definite no; `status` 200 where the road can say no so. */
  refuse(response: ServerResponse, code: string, sentence: string, status: 400 | 200): void;
  /** A no that may be a yes later. */
  fail(response: ServerResponse, status: number, sentence: string): void;
  accept(response: ServerResponse, message: StoredMessage, scenario: Scenario | undefined): void;
}

/** Takes a message in once, however often it comes, and answers as the road and the scenario have it. */
export async function takeMessage(
  office: PostOffice,
  incoming: Incoming,
  road: RoadAnswers,
  response: ServerResponse,
  settled: () => Promise<void>,
): Promise<void> {
  const { id, body, facts, refusal } = incoming;
  const scenario = office.scenarios.take(id, facts.recipientCpr);
  if (turnsAway(scenario, road, response)) return;
  if (refusal) return road.refuse(response, refusal.code, refusal.sentence, 400);
  const known = office.messages.find(id);
  if (known && known.sha256 !== createHash('sha256').update(body).digest('hex')) {
    return road.refuse(response, 'memo.duplicate', 'Another message of the same UUID was taken in before.', 400);
  }
  if (known) office.messages.cameAgain(known);
  const message = known ?? office.takeIn(body, id, facts, scenario);
  // The caller waits for an answer that never comes; the message is in.
  if (scenario?.kind === 'timeout-after-acceptance') return;
  if (scenario?.kind === 'broken-after-acceptance') return void response.destroy();
  if (scenario?.kind === 'receipt-first') {
    office.releaseReceipts(id);
    await settled();
  }
  road.accept(response, message, scenario);
}

/** Scenarios in which nothing is taken in. */
function turnsAway(scenario: Scenario | undefined, road: RoadAnswers, response: ServerResponse): boolean {
  const code = scenario?.code ?? 'memo.invalid';
  const sentence = 'The message is refused as the scenario asks.';
  switch (scenario?.kind) {
    case 'half-open':
      return true;
    case 'refused':
      road.refuse(response, code, sentence, 400);
      return true;
    case 'result-false':
      road.refuse(response, code, sentence, 200);
      return true;
    case 'token-withdrawn':
      road.fail(response, 401, 'The token was withdrawn.');
      return true;
    case 'unavailable':
      road.fail(response, 503, 'Digital Post is closed for maintenance.');
      return true;
    case 'server-error':
      road.fail(response, 500, 'Something went wrong.');
      return true;
    case 'too-many-requests':
      response.setHeader('Retry-After', scenario.retryAfter ?? '2');
      road.fail(response, 429, 'Too many messages.');
      return true;
    case 'html':
      response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html><body>Velkommen</body></html>');
      return true;
    default:
      return false;
  }
}
