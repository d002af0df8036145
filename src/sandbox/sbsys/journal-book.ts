import { createHash } from 'node:crypto';

export interface JournalFile {
  name: string;
  sha256: string;
  size?: number;
}

export interface HeldJournalEntry {
  id: number;
  key: string;
  kind: string;
  caseNumber: string;
  title: string;
  kle?: string;
  facet: string;
  at: string;
  files: JournalFile[];
  finished: boolean;
}

interface NewEntry {
  Noegle?: string;
  Type?: string;
  SagsNummer?: string;
  Titel?: string;
  Kle?: string;
  Facet?: string;
  Dato?: string;
  Filer?: { Navn: string; Sha256: string }[];
}

export type JournalAnswer = { status: number; body: object };

/** What was journalised. A key can be held once; a file must have the hash that was announced. */
export class JournalBook {
  readonly entries: HeldJournalEntry[] = [];

  search(key: string): JournalAnswer {
    const found = this.entries.filter((entry) => entry.key === key);
    return { status: 200, body: { Results: found.map(onWire), TotalNumberOfResults: found.length } };
  }

  create(given: NewEntry): JournalAnswer {
    if (!given.Noegle || !given.SagsNummer || !given.Titel || given.Facet !== 'A53' || !given.Filer) {
      return { status: 400, body: { Message: 'Noegle, SagsNummer, Titel, Facet A53 and Filer are needed' } };
    }
    if (this.entries.some((entry) => entry.key === given.Noegle))
      return { status: 409, body: { Message: 'key is taken' } };
    const entry: HeldJournalEntry = {
      id: this.entries.length + 1,
      key: given.Noegle,
      kind: given.Type ?? '',
      caseNumber: given.SagsNummer,
      title: given.Titel,
      kle: given.Kle,
      facet: given.Facet,
      at: given.Dato ?? '',
      files: given.Filer.map((file) => ({ name: file.Navn, sha256: file.Sha256 })),
      finished: false,
    };
    this.entries.push(entry);
    return { status: 201, body: onWire(entry) };
  }

  receive(id: number, index: number, bytes: Buffer): JournalAnswer {
    const file = this.entries.find((entry) => entry.id === id)?.files[index];
    if (!file) return { status: 404, body: { Message: 'no such file was announced' } };
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    if (sha256 !== file.sha256) return { status: 400, body: { Message: 'the hash is not the one announced' } };
    file.size = bytes.length;
    return { status: 200, body: { Modtaget: bytes.length } };
  }

  finish(id: number): JournalAnswer {
    const entry = this.entries.find((candidate) => candidate.id === id);
    if (!entry) return { status: 404, body: { Message: 'no such entry' } };
    if (entry.files.some((file) => file.size === undefined)) {
      return { status: 400, body: { Message: 'files are missing' } };
    }
    entry.finished = true;
    return { status: 200, body: onWire(entry) };
  }
}

function onWire(entry: HeldJournalEntry): object {
  const received = entry.files.flatMap((file, index) => (file.size === undefined ? [] : [index]));
  return { Id: entry.id, Noegle: entry.key, Faerdig: entry.finished, ModtagneFiler: received };
}
