import { SaxesParser } from 'saxes';
import type { ClaimedCase } from '../../contracts';
import { contractError, type Asked } from '../http/source-errors';

export interface IndexAnswer {
  /** `StatusKode` of the answer; 20 is good. */
  status: number;
  /** How many cases there are in all, by the index's own count. */
  total: number;
  /** Cases on this page, with the index's own id of each. */
  cases: (ClaimedCase & { id: string })[];
}

/** A case while it is read. */
interface Reading {
  id: string;
  systems: { name: string; isMaster: boolean }[];
  caseNumber?: string;
  userKey?: string;
  kle?: string;
  documents: number;
}

const KLE = /^\d{2}\.\d{2}\.\d{2}$/;

/** Reads `FremsoegSagDokumentIndeksOutput`, by local names, so that both versions of the schemas are understood. */
export function readIndexAnswer(xml: string, asked: Asked): IndexAnswer {
  const reader = new AnswerReader(asked);
  const parser = new SaxesParser({ xmlns: true });
  parser.on('doctype', () => {
    throw contractError(asked, 'answered with a document type, as a web page does', true);
  });
  parser.on('opentag', ({ local }) => reader.open(local));
  parser.on('text', (text) => reader.text(text));
  parser.on('closetag', ({ local }) => reader.close(local));
  parser.on('error', () => {
    throw contractError(asked, 'answered with something that is not XML', true);
  });
  parser.write(xml).close();
  return reader.answer();
}

class AnswerReader {
  private readonly path: string[] = [];
  private value = '';
  private status?: number;
  private total?: number;
  private element = '';
  private reading?: Reading;
  private system = { name: '', isMaster: false };
  private readonly cases: (ClaimedCase & { id: string })[] = [];

  constructor(private readonly asked: Asked) {}

  open(name: string): void {
    this.path.push(name);
    this.value = '';
    if (name === 'SagFiltreretOejebliksbillede') this.reading = { id: '', systems: [], documents: 0 };
    if (name === 'SagsitsystemRelation') this.system = { name: '', isMaster: false };
    if (name === 'Dokumenttitel' && this.reading) this.reading.documents += 1;
  }

  text(text: string): void {
    this.value += text;
  }

  close(name: string): void {
    const value = this.value.trim();
    const above = this.path.at(-2) ?? '';
    if (name === 'StatusKode') this.status = Number(value);
    if (name === 'Element') this.element = value;
    if (name === 'Antal' && above === 'Antal' && this.element === 'sager') this.total = Number(value);
    if (this.reading) this.closeOfCase(this.reading, name, above, value);
    this.path.pop();
    this.value = '';
  }

  answer(): IndexAnswer {
    const { status, total, cases } = this;
    if (status === undefined || !Number.isInteger(status)) throw contractError(this.asked, 'gave no status');
    if (status === 20 && (total === undefined || !Number.isInteger(total)))
      throw contractError(this.asked, 'did not say how many cases there are');
    return { status, total: total ?? 0, cases };
  }

  private closeOfCase(reading: Reading, name: string, above: string, value: string): void {
    if (name === 'UUIDIdentifikator' && above === 'ObjektType') reading.id = value;
    if (name === 'Sagsnummer' && value) reading.caseNumber = value;
    if (name === 'BrugervendtNoegle' && above === 'Egenskaber' && value) reading.userKey = value;
    if (name === 'BrugervendtNoegle' && above === 'SagsklasseLokalUdvidelse' && KLE.test(value)) reading.kle = value;
    if (name === 'SystemNavn') this.system.name = value;
    if (name === 'URNIdentifikator' && above === 'Rolle' && this.path.includes('SagsitsystemRelation'))
      this.system.isMaster = /master/i.test(value);
    if (name === 'SagsitsystemRelation') reading.systems.push(this.system);
    if (name === 'SagFiltreretOejebliksbillede') this.keep(reading);
  }

  private keep({ id, systems, caseNumber, userKey, kle, documents }: Reading): void {
    const owner = systems.find(({ isMaster }) => isMaster) ?? systems[0];
    if (id === '') throw contractError(this.asked, 'listed a case without an id');
    // A case that nobody owns could be in any system: that must not look like "in none".
    const system = owner?.name || 'Et system, som indekset ikke navngiver';
    this.cases.push({ id, system, caseNumber: caseNumber ?? userKey, kle, documents });
    this.reading = undefined;
  }
}
