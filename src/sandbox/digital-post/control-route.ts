import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ContactStatus } from './contact-table';
import { answerError, answerJson, readBody } from './peer-answers';
import type { PostOffice } from './post-office';
import { SCENARIO_KINDS, type Scenario } from './scenario';

const MOST_BYTES = 65_536;
const STATUSES = ['REGISTERED', 'EXEMPT', 'CLOSED', 'UNKNOWN'];

/**
 * What tests in another process ask of the stand-in, under `/control/`:
 * `GET messages`, `GET receipts` (how many wait), `POST scenario`, `DELETE scenario`, `POST contact` {cpr, status},
 * `POST release` (receipts that wait for their time come now).
 */
export async function control(
  office: PostOffice,
  what: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const wanted = `${request.method} ${what}`;
  if (wanted === 'GET messages') return answerJson(response, 200, office.messages.all());
  if (wanted === 'GET receipts') return answerJson(response, 200, { waiting: office.receipts.ids().length });
  if (wanted === 'POST release') {
    office.releaseReceipts();
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
  return typeof cpr === 'string' && /^\d{10}$/.test(cpr) && STATUSES.includes(String(status));
}
