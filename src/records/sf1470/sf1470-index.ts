import { randomUUID } from 'node:crypto';
import { SourceError, type CaseIndex, type ClaimedCase } from '../../contracts';
import { sentence } from '../http/source-errors';
import { SourceHttp } from '../http/source-http';
import { readIndexAnswer } from './read-answer';
import { searchEnvelope } from './search-envelope';
import type { Sf1470Settings } from './sf1470-settings';

const ASKED = 'the cases of the index (SF1470)';
const ACTION = 'http://kombit.dk/sts/sagdokumentindeks/fremsoeg';
/** `StandardRetur` of every service on the common platform: 20 is "OK". */
const OK = 20;

/**
 * Asks SF1470 which systems claim to hold a case. Written from the published WSDL and schemas and never run against the
 * real service: a draft until a municipality has run it. It only searches.
 */
export class Sf1470Index implements CaseIndex {
  private readonly http: SourceHttp;

  constructor(private readonly settings: Sf1470Settings) {
    const token = settings.gatewayToken;
    const credentials = token ? { token: async () => token, renew: async () => token } : undefined;
    this.http = new SourceHttp(settings.url, settings, credentials);
  }

  /** Each case once, whichever of the numbers found it. */
  async search(cprs: string[], signal: AbortSignal): Promise<ClaimedCase[]> {
    const found = new Map<string, ClaimedCase>();
    for (const cpr of cprs) for (const { id, ...claimed } of await this.searchOne(cpr, signal)) found.set(id, claimed);
    return [...found.values()];
  }

  close(): Promise<void> {
    return this.http.close();
  }

  /** Page by page, up to the index's own count. */
  private async searchOne(cpr: string, signal: AbortSignal) {
    const { pageSize: most, schemaVersion } = this.settings;
    const cases: (ClaimedCase & { id: string })[] = [];
    for (;;) {
      const search = { cpr: cpr.replace(/\D/g, ''), first: cases.length, most };
      const answer = await this.ask(searchEnvelope(search, schemaVersion, randomUUID()), signal);
      cases.push(...answer.cases);
      if (cases.length === answer.total) return cases;
      if (cases.length > answer.total || answer.cases.length === 0) {
        const text = sentence(ASKED, `said ${answer.total} cases and listed ${cases.length}; the list is not whole`);
        throw new SourceError('truncated', text, true);
      }
    }
  }

  private async ask(body: string, signal: AbortSignal) {
    const headers = { 'content-type': `application/soap+xml; charset=utf-8; action="${ACTION}"` };
    const path = new URL(this.settings.url).pathname;
    const { text: xml } = await this.http.text({ method: 'POST', path, asked: ASKED, headers, body }, signal);
    const answer = readIndexAnswer(xml, ASKED);
    if (answer.status === OK) return answer;
    const isForbidden = answer.status === 43 || answer.status === 42;
    const text = sentence(ASKED, `was refused with status ${answer.status}`);
    throw new SourceError(isForbidden ? 'forbidden' : 'unavailable', text, !isForbidden);
  }
}
