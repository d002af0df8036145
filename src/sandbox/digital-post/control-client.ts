import { request } from 'node:https';
import { json } from 'node:stream/consumers';
import type { SandboxCertificates } from '../certificates';
import type { ContactStatus } from './contact-table';
import type { StoredMessage } from './message-store';
import type { ReceiptEndpoints } from './receipt-carrier';
import type { Scenario } from './scenario';

/** Gives orders to a stand-in in another process, and asks what came in. */
export class ControlClient {
  constructor(
    private readonly baseUrl: string,
    private readonly certificates: Pick<SandboxCertificates, 'ca' | 'client'>,
    private readonly system: { systemId: string; apiToken: string },
  ) {}

  messages(): Promise<StoredMessage[]> {
    return this.ask('GET', 'messages');
  }

  async waitingReceipts(): Promise<number> {
    return (await this.ask<{ waiting: number }>('GET', 'receipts')).waiting;
  }

  /** How many tokens of SF1601 were given out. */
  tokens(): Promise<{ saml: number; access: number }> {
    return this.ask('GET', 'tokens');
  }

  /** Messages of Beskedfordeler that nobody took yet, as they are. */
  waitingBeskeder(): Promise<string[]> {
    return this.ask('GET', 'beskeder');
  }

  /** Receipts are pushed to these addresses from now on. */
  async pushTo(endpoints: ReceiptEndpoints): Promise<void> {
    await this.ask('POST', 'endpoints', endpoints);
  }

  async scenario(scenario: Scenario): Promise<void> {
    await this.ask('POST', 'scenario', scenario);
  }

  async clearScenarios(): Promise<void> {
    await this.ask('DELETE', 'scenario');
  }

  /** `id`: a CPR or a CVR number. */
  async contact(id: string, status: ContactStatus | 'UNKNOWN'): Promise<void> {
    await this.ask('POST', 'contact', { cpr: id, status });
  }

  /** Receipts that wait for their time come now. */
  async releaseReceipts(): Promise<void> {
    await this.ask('POST', 'release');
  }

  private ask<Answer>(method: string, what: string, wish?: object): Promise<Answer> {
    const { systemId, apiToken } = this.system;
    const options = {
      method,
      agent: false as const,
      ca: this.certificates.ca,
      ...this.certificates.client,
      auth: `${systemId}:${apiToken}`,
      headers: { 'Content-Type': 'application/json' },
    };
    return new Promise((resolve, reject) => {
      const outgoing = request(new URL(`control/${what}`, this.baseUrl), options, (answer) => {
        json(answer).then((value) => {
          if (answer.statusCode === 200) resolve(value as Answer);
          else reject(new Error(`The Digital Post stand-in answered ${answer.statusCode} to ${method} ${what}.`));
        }, reject);
      });
      outgoing.on('error', reject);
      outgoing.end(wish && JSON.stringify(wish));
    });
  }
}
