import { CONNECTOR_KINDS } from '../records';

/** Searched by a named employee, who uploads what is found and states what the search gave. */
export const BY_HAND = ['manual', 'paper'] as const;
/** The common-municipal index of cases (SF1470): says who claims to hold a case, and holds no documents. */
export const CASE_INDEX = 'sf1470';
/** Confirms who the citizen is and tells former numbers (SF1520, SF1525); searched before everything else. */
export const PERSON_REGISTER = 'person-register';
/** Somebody else's archive: the letter says where to ask. */
export const REFERRAL = 'referral';
/** A system that is known to hold personal data and is not searched: named wherever the search is told of. */
export const NOT_CONNECTED = 'not-connected';

export function isConnected(kind: string): boolean {
  return CONNECTOR_KINDS.includes(kind);
}

export function isByHand(kind: string): boolean {
  return (BY_HAND as readonly string[]).includes(kind);
}

/** Holds documents that a request is answered with. */
export function holdsRecords(kind: string): boolean {
  return isConnected(kind) || isByHand(kind);
}

/** Every kind that gets a run of its own in each request. */
export function isSearched(kind: string): boolean {
  return holdsRecords(kind) || kind === CASE_INDEX || kind === PERSON_REGISTER;
}
