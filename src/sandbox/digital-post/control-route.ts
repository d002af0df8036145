import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ContactStatus } from './contact-table';
import { answerError, answerJson, readBody } from './peer-answers';
import type { PostOffice } from './post-office';
import type { ReceiptCarrier, ReceiptEndpoints } from './receipt-carrier';
import { SCENARIO_KINDS, type Scenario } from './scenario';
import type { TokenServices } from './sf1601/token-services';

const MOST_BYTES = 65_536;
const STATUSES = ['REGISTERED', 'EXEMPT', 'CLOSED', 'UNKNOWN'];

/**
 * What tests in another process ask of the stand-in, under `/control/`:
 * `GET messages`, `GET receipts` (how many wait), `GET tokens` (how many were given out), `GET beskeder` (those of Beskedfordeler that wait, whole),
 * `POST scenario`, `DELETE scenario`, `POST contact` {cpr (or CVR), status}, `POST endpoints` {ngdp, sf1601} (where receipts
 * are pushed to), `POST release` (receipts that wait for their time come now, and were pushed when it answers).
 */
export async function control(
  { office, carrier, tokens }: { office: PostOffice; carrier: ReceiptCarrier; tokens: TokenServices },
  what: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const wanted = `${request.method} ${what}`;
  if (wanted === 'GET messages') return answerJson(response, 200, office.messages.all());
  if (wanted === 'GET receipts') return answerJson(response, 200, { waiting: office.receipts.ids().length });
  if (wanted === 'GET tokens') return answerJson(response, 200, tokens.issued);
  if (wanted === 'GET beskeder') {
    return answerJson(
      response,
      200,
      office.beskeder.ids().map((id) => office.beskeder.read(id)),
    );
  }
  if (wanted === 'POST release') {
    office.releaseReceipts();
    await carrier.settled();
    return answerJson(response, 200, {});
  }
  if (wanted === 'DELETE scenario') {
    office.scenarios.clear();
    return answerJson(response, 200, {});
  }
  const wish = await jsonBody(request);
  if (wanted === 'POST scenario' && isScenario(wish)) {
    office.scenarios.add(wish);
    return answerJson(response, 200, {});
  }
  if (wanted === 'POST contact' && isContact(wish)) {
    office.contacts.set(wish.cpr, wish.status);
    return answerJson(response, 200, {});
  }
  if (wanted === 'POST endpoints' && isEndpoints(wish)) {
    Object.assign(carrier.endpoints, wish);
    return answerJson(response, 200, {});
  }
  answerError(response, 400, 'control', `The stand-in does not understand ${wanted} with this body.`);
}

async function jsonBody(request: IncomingMessage): Promise<unknown> {
  const body = await readBody(request, MOST_BYTES);
  try {
    return JSON.parse(body?.toString('utf8') ?? '');
  } catch {
    return undefined;
  }
}

function isScenario(wish: unknown): wish is Scenario {
  return SCENARIO_KINDS.some((kind) => kind === (wish as Scenario | undefined)?.kind);
}

function isContact(wish: unknown): wish is { cpr: string; status: ContactStatus | 'UNKNOWN' } {
  const { cpr, status } = (wish ?? {}) as { cpr?: unknown; status?: unknown };
  return typeof cpr === 'string' && /^(?:\d{10}|\d{8})$/.test(cpr) && STATUSES.includes(String(status));
}

function isEndpoints(wish: unknown): wish is ReceiptEndpoints {
  const given = Object.entries((wish ?? {}) as object);
  return (
    given.length > 0 &&
    given.every(([road, url]) => ['ngdp', 'sf1601'].includes(road) && String(url).startsWith('https://'))
  );
}
