import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type FormerReason = 'rettet' | 'adoption' | 'juridisk_koensskifte' | 'erstatningsnummer';

export interface HeldPerson {
  name: string;
  /** In any spelling. */
  cpr: string;
  /** ISO date; by the number when not given. */
  birthDate?: string;
  former?: { cpr: string; reason: FormerReason }[];
  /** Default `bopael`. */
  status?: 'bopael' | 'udrejst' | 'forsvundet' | 'doed';
  isAddressProtected?: boolean;
  /** Of those who live in Denmark; default a house in Solby, null: the register knows none. */
  address?: Record<string, string> | null;
  /** Numbers of those who have custody; of guardians. */
  custody?: string[];
  guardians?: string[];
}

/** Speaks as a municipality's gateway to CPR does (SF1520 and SF1525 behind one look-up), on loopback. */
export class PersonRegisterStandIn {
  private server?: Server;
  private readonly failures: number[] = [];
  readonly token = 'gateway-token-of-cpr';

  constructor(private readonly persons: HeldPerson[]) {}

  async start(port = 0): Promise<this> {
    this.server = createServer((request, response) => {
      this.answer(request, response).catch(() => response.destroy());
    });
    await new Promise<void>((resolve) => this.server?.listen(port, '127.0.0.1', resolve));
    return this;
  }

  async stop(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    server?.closeAllConnections();
    if (server) await new Promise((resolve) => server.close(resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server?.address() as AddressInfo).port}/cpr/opslag`;
  }

  settings(): Record<string, unknown> {
    return { url: this.url, gatewayToken: this.token, requestsPerSecond: 100 };
  }

  /** Answers the next look-ups with a status. */
  fail(status: number, times = 1): void {
    for (let time = 0; time < times; time += 1) this.failures.push(status);
  }

  /** Changes what is known of a person, as a correction in CPR does. */
  change(cpr: string, facts: Partial<HeldPerson>): void {
    const person = this.persons.find((each) => digits(each.cpr) === digits(cpr));
    if (person) Object.assign(person, facts);
  }

  add(person: HeldPerson): void {
    this.persons.push(person);
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (request.headers.authorization !== `Bearer ${this.token}`) return void response.writeHead(401).end();
    const failure = this.failures.shift();
    if (failure) return void response.writeHead(failure).end();
    const { personnummer } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { personnummer: string };
    const person = this.persons.find(({ cpr, former = [] }) =>
      [cpr, ...former.map((each) => each.cpr)].some((each) => digits(each) === personnummer),
    );
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(person ? onWire(person) : { fundet: false }));
  }
}

function onWire(person: HeldPerson): object {
  const { name, cpr, birthDate, former = [], status = 'bopael' } = person;
  return {
    fundet: true,
    navn: name,
    foedselsdato: birthDate ?? birthDateOf(cpr),
    personnumre: [
      { personnummer: digits(cpr), aarsag: 'gaeldende' },
      ...former.map((each) => ({ personnummer: digits(each.cpr), aarsag: each.reason })),
    ],
    status,
    adressebeskyttelse: person.isAddressProtected ?? false,
    adresse: status === 'bopael' ? (person.address === undefined ? HOME : person.address) : null,
    foraeldremyndighed: (person.custody ?? []).map(digits),
    vaerger: (person.guardians ?? []).map(digits),
  };
}

/** As CPR writes it, filled up with noughts. */
const HOME = { vejnavn: 'Kirkevej', husnr: '012', etage: '02', doer: 'TV', postnr: '8000' };

/** Everybody in Solby was born between 1937 and 2036, as far as the seventh digit would tell. */
function birthDateOf(cpr: string): string {
  const [, day, month, year] = /^(\d\d)(\d\d)(\d\d)/.exec(digits(cpr)) ?? [];
  return `${Number(year) > 36 ? '19' : '20'}${year}-${month}-${day}`;
}

function digits(cpr: string): string {
  return cpr.replace(/\D/g, '');
}
