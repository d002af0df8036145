import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { PDFDocument } from 'pdf-lib';
import PostalMime from 'postal-mime';
import sharp from 'sharp';
import { createConnector } from '../../records';
import { bytesOf } from '../records/held-bytes';
import type { HeldCase, HeldFile } from '../records/holdings';
import { SbsysStandIn } from '../sbsys/standin';
import { BO, CITIZENS, CLARA, IDA } from './citizens';
import { ELDERLY_CASE } from './elderly-case';
import { HOME } from './filing';
import { dropFolderCases, IDA_CASES } from './municipality';
import { sbsysHoldings } from './sbsys-holdings';
import { SICKNESS_CASE } from './sickness-case';
import { badFile, BAD_FILES, CLARA_CASE } from './small-cases';
import { STAFF } from './staff';
import { writeDropFolder } from './write-drop-folder';

const CASES: HeldCase[] = [...sbsysHoldings(), ...dropFolderCases()];
const filesOf = (cases: HeldCase[]): HeldFile[] =>
  cases.flatMap((held) => held.documents.flatMap((item) => item.files));

async function countedPages(): Promise<Record<string, number>> {
  return JSON.parse(await readFile(join(HOME, 'files/pages.json'), 'utf8')) as Record<string, number>;
}

const named = (file: HeldFile): string => (file.content as string).slice(join(HOME, 'files/').length);

/** Digits of everything that reads as a CPR number in a text. */
function cprNumbers(text: string): string[] {
  const found = text.matchAll(/(?<!\d)(\d{6})\s?[-–]?\s?(\d{4})(?!\d)/g);
  return [...found].map(([, day, rest]) => day + rest).filter(isDated);
}

const isDated = (cpr: string): boolean =>
  Number(cpr.slice(0, 2)) >= 1 &&
  Number(cpr.slice(0, 2)) <= 31 &&
  Number(cpr.slice(2, 4)) >= 1 &&
  Number(cpr.slice(2, 4)) <= 12;

function passesModulus11(cpr: string): boolean {
  const weights = [4, 3, 2, 7, 6, 5, 4, 3, 2, 1];
  return [...cpr].reduce((sum, digit, index) => sum + Number(digit) * weights[index], 0) % 11 === 0;
}

describe('Solby Kommune', () => {
  it('has a main citizen with at least 42 documents in every format', () => {
    const endings = new Set(filesOf(IDA_CASES).map((file) => extname(file.name)));
    expect(IDA_CASES.flatMap((held) => held.documents).length).toBeGreaterThanOrEqual(42);
    expect([...endings].sort()).toEqual(['.docx', '.eml', '.html', '.jpg', '.pdf', '.png', '.tif', '.txt', '.xlsx']);
    expect(IDA_CASES.every((held) => held.notes.length > 0)).toBe(true);
  });

  it('has at least 125 pages for the main citizen, of which most are countable without conversion', async () => {
    const counted = await countedPages();
    const files = filesOf(IDA_CASES);
    expect(files.reduce((sum, file) => sum + counted[named(file)], 0)).toBeGreaterThanOrEqual(125);
    let fixed = 0;
    for (const file of files.filter(({ name }) => /\.(pdf|jpg|png|tif)$/.test(name))) {
      const bytes = bytesOf(file);
      const isPdf = file.name.endsWith('.pdf');
      const pages = isPdf
        ? (await PDFDocument.load(bytes)).getPageCount()
        : ((await sharp(bytes).metadata()).pages ?? 1);
      expect([file.name, pages]).toEqual([file.name, counted[named(file)]]);
      fixed += pages;
    }
    expect(fixed).toBeGreaterThanOrEqual(95);
  });

  it('has a scan of at least three frames', async () => {
    const scan = filesOf([SICKNESS_CASE]).find((file) => file.name === 'laegeattest.tif');
    const { pages, format } = await sharp(scan?.content as string).metadata();
    expect([format, pages]).toEqual(['tiff', 3]);
  });

  it('has mails whose attachments are whole', async () => {
    const kinds: string[] = [];
    for (const file of filesOf(IDA_CASES).filter(({ name }) => name.endsWith('.eml'))) {
      const { attachments } = await PostalMime.parse(bytesOf(file));
      for (const { filename, content } of attachments) {
        const head = Buffer.from(content as ArrayBuffer)
          .subarray(0, 4)
          .toString('latin1');
        expect(head).toBe(filename?.endsWith('.pdf') ? '%PDF' : 'PK\u0003\u0004');
        kinds.push(extname(filename ?? ''));
      }
    }
    expect(kinds.sort()).toEqual(['.docx', '.docx', '.pdf', '.pdf']);
  });

  it('has a small citizen with four documents of six pages in four formats', async () => {
    const counted = await countedPages();
    const files = filesOf([CLARA_CASE]);
    expect(files.map((file) => extname(file.name)).sort()).toEqual(['.docx', '.jpg', '.pdf', '.txt']);
    expect(files.reduce((sum, file) => sum + counted[named(file)], 0)).toBe(6);
  });

  it('has one document that was filed on the wrong citizen', async () => {
    const text = await readFile(join(HOME, 'texts/sygedagpenge/afgoerelse-demirkan.pdf.txt'), 'utf8');
    expect(text).not.toContain('Lindskov');
    expect(SICKNESS_CASE.parties.map((party) => party.name)).not.toContain('Aynur Demirkan');
  });

  it('has only CPR numbers that can belong to nobody: modulus 11 fails and none is a 1 January', async () => {
    const people = [...CITIZENS, ...CASES.flatMap((held) => held.parties)].flatMap(({ cpr }) => (cpr ? [cpr] : []));
    const texts = (await readdir(join(HOME, 'texts'), { recursive: true })).filter((name) => name.endsWith('.txt'));
    const written = await Promise.all(texts.map((name) => readFile(join(HOME, 'texts', name), 'utf8')));
    const numbers = [...people, ...written].flatMap(cprNumbers);
    expect(numbers.length).toBeGreaterThan(80);
    expect(numbers.filter((cpr) => passesModulus11(cpr) || cpr.startsWith('0101'))).toEqual([]);
    expect(new Set(CITIZENS.map(({ cpr }) => cpr)).size).toBe(CITIZENS.length);
  });

  it('has an id of its own for every case, document and file', () => {
    for (const ids of [
      CASES.map((held) => held.id),
      CASES.flatMap((held) => [...held.documents, ...held.notes].map((item) => item.id)),
      filesOf(CASES).map((file) => file.id),
    ]) {
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  it('has one employee at least for each role, each with a login of their own', () => {
    const roles = new Set(STAFF.flatMap((member) => member.roles));
    expect([...roles].sort()).toEqual(['approver', 'caseworker', 'data-protection-officer', 'records-officer']);
    const logins = [...STAFF, ...CITIZENS].map((person) => person.login);
    expect(new Set(logins).size).toBe(logins.length);
  });

  it('keeps its files under 6 MB', async () => {
    const names = await readdir(HOME, { recursive: true });
    const sizes = await Promise.all(names.map(async (name) => (await stat(join(HOME, name))).size));
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(6_000_000);
  });
});

describe('bad files of Solby', () => {
  it('hold what their names say', async () => {
    const load = (name: string): Promise<PDFDocument> =>
      PDFDocument.load(badFile(name), { throwOnInvalidObject: true });
    await expect(load(BAD_FILES.damaged)).rejects.toThrow();
    await expect(load(BAD_FILES.needsPassword)).rejects.toThrow(/encrypted/);
    await expect(load(BAD_FILES.ownerPasswordOnly)).rejects.toThrow(/encrypted/);
    expect(badFile(BAD_FILES.empty)).toHaveLength(0);
  });

  it('call home where the test listens', () => {
    const html = badFile(BAD_FILES.callsHome, 4711).toString();
    expect(html.match(/127\.0\.0\.1:4711/g)?.length).toBeGreaterThan(8);
    expect(html).not.toContain('PORT');
  });
});

describe('Solby through the connectors', () => {
  const run = { runId: 'run', signal: new AbortController().signal };

  async function gathered(connector: ReturnType<typeof createConnector>, cpr: string): Promise<string[]> {
    const found: string[] = [];
    for await (const held of connector.discover({ cprs: [cpr] }, run)) {
      for await (const { document } of connector.list(held, run)) {
        for (const file of document.files) {
          let size = 0;
          const { stream } = await connector.fetch(document, file.sourceFileId, run);
          for await (const chunk of stream) size += (chunk as Buffer).length;
          expect(size).toBe(file.size);
        }
        found.push(`${held.caseNumber} ${document.kind} ${document.title}`);
      }
    }
    return found;
  }

  it('SBSYS gives the closed case and the one in which she is a secondary party, with the notes', async () => {
    const standIn = await new SbsysStandIn(sbsysHoldings()).start();
    const source = { id: 'sbsys', kind: 'sbsys', name: 'SBSYS', owner: 'IT' } as const;
    const connector = createConnector(source, { ...standIn.readerSettings(), requestsPerSecond: 500 });
    const found = await gathered(connector, IDA.cpr);
    const expected = [SICKNESS_CASE, ELDERLY_CASE].flatMap((held) => [...held.documents, ...held.notes]);
    expect(found).toHaveLength(expected.length);
    expect(await gathered(connector, CLARA.cpr)).toHaveLength(4);
    expect(await gathered(connector, BO.cpr)).toHaveLength(6);
    await standIn.stop();
  });

  it('the drop folder is accepted and gives the family case', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'solby-'));
    await writeDropFolder(folder);
    const source = { id: 'arkiv', kind: 'drop-folder', name: 'fællesarkivet', owner: 'Arkiv' } as const;
    const connector = createConnector(source, { folder });
    const [family] = dropFolderCases();
    expect(await gathered(connector, IDA.cpr)).toHaveLength(family.documents.length + family.notes.length);
    expect(await gathered(connector, BO.cpr)).toEqual([]);
    await rm(folder, { recursive: true });
  });
});
