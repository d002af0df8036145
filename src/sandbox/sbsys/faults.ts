import type { ServerResponse } from 'node:http';

export type Route = 'token' | 'states' | 'search' | 'case' | 'parts' | 'documents' | 'notes' | 'file' | 'journal';

/**
 * `html200`: a web page with status 200. `truncated`: the connection ends in the middle. `wrongSize`: one byte more than
 * the list says. `slow`: no answer until the caller gives up. `shortList`: the last item left out, the sum unchanged.
 * `repeatItem`: the first item of a list in place of its last, as when pages shift while they are read.
 */
export type FaultKind =
  '401' | '403' | '429' | '500' | '503' | 'html200' | 'truncated' | 'wrongSize' | 'slow' | 'shortList' | 'repeatItem';

export interface Fault {
  route: Route;
  kind: FaultKind;
  /** How many requests it spoils; 1 when left out. */
  times?: number;
  /** Spoils none of the first so many. */
  after?: number;
  /** For 429 and 503. */
  retryAfterSeconds?: number;
}

/** The misbehaviours that were asked for and not used up. */
export class Faults {
  private readonly pending: Required<Omit<Fault, 'retryAfterSeconds'>>[] = [];
  private retryAfter?: number;

  add(fault: Fault): void {
    this.retryAfter = fault.retryAfterSeconds;
    this.pending.push({ times: 1, after: 0, ...fault });
  }

  clear(): void {
    this.pending.length = 0;
  }

  /** The kind that spoils this request, if any. */
  take(route: Route): FaultKind | undefined {
    const fault = this.pending.find((candidate) => candidate.route === route && candidate.times > 0);
    if (!fault) return undefined;
    if (fault.after > 0) {
      fault.after -= 1;
      return undefined;
    }
    fault.times -= 1;
    return fault.kind;
  }

  /** Answers in place of the route; false when the kind changes the route's own answer only. */
  answer(kind: FaultKind, response: ServerResponse): boolean {
    if (kind === 'html200') {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end('<!DOCTYPE html><html><body><h1>503 Service Unavailable</h1></body></html>');
      return true;
    }
    if (kind === 'slow') return true;
    const status = Number(kind);
    if (Number.isNaN(status)) return false;
    const headers = this.retryAfter === undefined ? {} : { 'retry-after': String(this.retryAfter) };
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify({ Message: 'sandbox fault' }));
    return true;
  }
}
