import type { Registration } from '../../contracts';
import { ExchangeError } from '../transport/exchange-error';
import type { Answer } from '../transport/tls-connection';

/** Of these NgDP says that the mailbox cannot receive yet, whatever the public status. */
const CANNOT_RECEIVE_YET = ['UNCONFIRMED_REGISTRATION', 'CREATED_AWAITING_REGISTRATION'];

/**
 * What the contact lookup says of a person (ten digits) or a firm (eight). Only a definite answer counts: an error or an answer of another shape throws
 * {@link ExchangeError}, as "not registered" would send paper to someone who should get Digital Post.
 */
export function registrationFrom(answer: Answer, id: string): Registration {
  if (answer.status !== 200) {
    const sentence = `The contact register of Digital Post answered ${answer.status}.`;
    throw new ExchangeError('answer', sentence, answer.status, answer.retryAfterMs);
  }
  const contacts = contactsOf(answer.body);
  if (contacts.length === 0) return 'not_found';
  if (contacts.length > 1) throw unclear('named more than one contact for one person');
  const contact = contacts[0]!;
  const named = contact[id.length === 10 ? 'cprNumber' : 'cvrNumber'];
  if (typeof named === 'string' && named !== id) throw unclear('named another person or firm than the one asked for');
  return registrationOf(contact['mailboxSubscription']);
}

function registrationOf(subscription: unknown): Registration {
  if (subscription === null || subscription === undefined) return 'not_found';
  if (!isRecord(subscription)) throw unclear('described the mailbox in an unknown way');
  const status = subscription['publicRegistrationStatus'];
  if (status === 'EXEMPT') return 'exempt';
  if (status === 'CLOSED') return 'closed';
  if (status !== 'REGISTERED') throw unclear('gave a registration status that is not known');
  return CANNOT_RECEIVE_YET.includes(String(subscription['registrationStatus'])) ? 'not_found' : 'registered';
}

function contactsOf(body: string): Record<string, unknown>[] {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw unclear('answered something that is not JSON');
  }
  const list = isRecord(value) ? value['contacts'] : value;
  if (!Array.isArray(list) || !list.every(isRecord)) throw unclear('answered no list of contacts');
  return list;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unclear(what: string): ExchangeError {
  return new ExchangeError(
    'answer',
    `The contact register of Digital Post ${what}. Nothing can be concluded from it.`,
    200,
  );
}
