import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SaxesParser } from 'saxes';

/** A case as a system has reported it to the index. */
export interface IndexedCase {
  id: string;
  system: string;
  /** Numbers of the parties, ten digits. */
  parties: string[];
  caseNumber: string;
  kle: string;
  title: string;
  documents: string[];
}

export type IndexFault = '503' | 'html200' | 'refused' | 'shortList' | 'broken';

const VERSION = /urn:oio:sts:sagdok:sagdokumentindeks:([\w.]+)/;

/** Speaks as the gateway in front of SF1470 does: `fremsoeg`, SOAP 1.2, on loopback. Anything else is a write, and fails the test. */
export class CaseIndexStandIn {
  private server?: Server;
  private readonly faults: IndexFault[] = [];
  private readonly broken: string[] = [];
  readonly token = 'gateway-token-of-the-index';
  /** How many searches were answered. */
  searches = 0;

  constructor(private readonly cases: IndexedCase[]) {}

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
    if (this.broken.length > 0)
      throw new Error(`The index was asked to do more than search: ${this.broken.join(', ')}.`);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server?.address() as AddressInfo).port}/sf1470/SagDokumentIndeks`;
  }

  settings(): Record<string, unknown> {
    return { url: this.url, gatewayToken: this.token, requestsPerSecond: 100 };
  }

  /** Spoils the next answer. */
  fault(fault: IndexFault): void {
    this.faults.push(fault);
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await textOf(request);
    const action = /action="([^"]+)"/.exec(request.headers['content-type'] ?? '')?.[1] ?? 'no action';
    if (!action.endsWith('/fremsoeg')) this.broken.push(action);
    if (request.headers.authorization !== `Bearer ${this.token}`) return void response.writeHead(401).end();
    const fault = this.faults.shift();
    if (fault === '503') return void response.writeHead(503).end();
    if (fault === 'html200')
      return void response
        .writeHead(200, { 'content-type': 'text/html' })
        .end('<!DOCTYPE html><html><h1>503</h1></html>');
    this.searches += 1;
    const asked = readSearch(body);
    const found = this.cases.filter(({ parties }) => parties.includes(asked.cpr));
    const page = found.slice(asked.first, asked.first + asked.most);
    const shown = fault === 'shortList' ? [] : page;
    const xml = fault === 'refused' ? refusal() : output(VERSION.exec(body)?.[1] ?? '6', found.length, shown);
    response.writeHead(200, { 'content-type': 'application/soap+xml; charset=utf-8' });
    response.end(fault === 'broken' ? xml.slice(0, xml.length / 2) : xml);
  }
}

function readSearch(body: string): { cpr: string; first: number; most: number } {
  const values = new Map<string, string>();
  let text = '';
  const parser = new SaxesParser({ xmlns: true });
  parser.on('opentag', () => (text = ''));
  parser.on('text', (more) => (text += more));
  parser.on('closetag', ({ local }) => void values.set(local, text.trim()));
  parser.write(body).close();
  return {
    cpr: (values.get('URNIdentifikator') ?? '').replace('urn:oio:cpr-nr:', ''),
    first: Number(values.get('FoersteResultatReference') ?? 0),
    most: Number(values.get('MaksimalAntalKvantitet') ?? 100),
  };
}

/** `FremsoegSagDokumentIndeksOutput` in its envelope. */
export function output(version: string, total: number, cases: IndexedCase[]): string {
  return envelope(
    `<sdi:FremsoegSagDokumentIndeksOutput xmlns:sdi="urn:oio:sts:sagdok:sagdokumentindeks:${version}" xmlns:sag="urn:oio:sts:sagdok:sag:${version}" ` +
      `xmlns:si="urn:oio:sts:sagdok:sagindeks:${version}" xmlns:gd="urn:oio:sts:generelledefinitioner:${version}" xmlns:sd="urn:oio:sagdok:3.0.0">` +
      `<sd:StandardRetur><sd:StatusKode>20</sd:StatusKode></sd:StandardRetur>` +
      `<sdi:Antal><sdi:Element>sager</sdi:Element><sdi:Antal>${total}</sdi:Antal></sdi:Antal>` +
      cases.map(snapshot).join('') +
      `</sdi:FremsoegSagDokumentIndeksOutput>`,
  );
}

function refusal(): string {
  return envelope(
    `<o:Output xmlns:o="urn:x" xmlns:sd="urn:oio:sagdok:3.0.0"><sd:StandardRetur><sd:StatusKode>43</sd:StatusKode></sd:StandardRetur></o:Output>`,
  );
}

function envelope(body: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope"><soap:Body>${body}</soap:Body></soap:Envelope>`;
}

function snapshot({ id, system, caseNumber, kle, title, documents }: IndexedCase): string {
  return (
    `<sdi:SagFiltreretOejebliksbillede><sag:ObjektType><sd:UUIDIdentifikator>${id}</sd:UUIDIdentifikator></sag:ObjektType>` +
    `<sag:Registrering><sag:AttributListe><sag:Egenskaber><sag:BrugervendtNoegle>${escaped(caseNumber)}</sag:BrugervendtNoegle>` +
    `<sag:Sagsnummer>${escaped(caseNumber)}</sag:Sagsnummer><sag:Titel>${escaped(title)}</sag:Titel></sag:Egenskaber></sag:AttributListe>` +
    `<sag:TilstandListe/><sag:RelationListe>` +
    `<sag:Sagsklasse><gd:LokalUdvidelseListe><si:SagsklasseLokalUdvidelse><si:BrugervendtNoegle>${kle}</si:BrugervendtNoegle>` +
    `</si:SagsklasseLokalUdvidelse></gd:LokalUdvidelseListe></sag:Sagsklasse>` +
    documents
      .map(
        (document) =>
          `<sag:Journalpost><sag:JournalpostEgenskaber><sag:Dokumenttitel>${escaped(document)}</sag:Dokumenttitel></sag:JournalpostEgenskaber></sag:Journalpost>`,
      )
      .join('') +
    `<gd:LokalUdvidelseListe><si:SagsitsystemRelation><gd:Rolle><sd:URNIdentifikator>urn:oio:sts:rolle:master</sd:URNIdentifikator></gd:Rolle>` +
    `<si:SystemNavn>${escaped(system)}</si:SystemNavn></si:SagsitsystemRelation></gd:LokalUdvidelseListe>` +
    `</sag:RelationListe></sag:Registrering></sdi:SagFiltreretOejebliksbillede>`
  );
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
