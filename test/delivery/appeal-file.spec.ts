import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument } from 'pdf-lib';
import sharp from 'sharp';
import type { EntityManager } from 'typeorm';
import { PackageFile } from '../../src/decisions/package-file.entity';
import { AppealFile } from '../../src/delivery/appeal-file/appeal-file.entity';
import { AppealFiles, type AppealFileOrder } from '../../src/delivery/appeal-file/appeal-files';
import { DocumentRow } from '../../src/gathering/document.entity';
import { FileRow } from '../../src/gathering/file.entity';
import type { Staff } from '../../src/identity/staff.entity';
import { danishDay } from '../../src/law';
import { openWithPdfJs } from '../../src/pdf/gate/pdfjs-document';
import { Vault } from '../../src/platform/vault/vault';
import { Redaction } from '../../src/redaction/redaction.entity';
import { DocumentReview } from '../../src/redaction/document-review';
import type { AccessRequest } from '../../src/requests/request.entity';
import { CLARA } from '../../src/sandbox/municipality/citizens';
import type { Carrier } from '../support/carry-request';
import { KilledWorker } from '../support/killed-worker';
import { missingProgram } from '../support/missing-program';
import { TestTown } from '../support/test-town';
import { until } from '../support/until';

const isMissing = ['qpdf', 'pdftotext', 'pdftoppm']
  .map((program) => missingProgram(program, 'the file for an appeal body'))
  .some(Boolean);
const ORDER: AppealFileOrder = {
  complaintId: null,
  recipientKind: 'appeal-body',
  recipient: 'Ankestyrelsen',
  reference: '26-1188',
  dueOn: '2099-12-01',
  statement: 'Kommunen fastholder svaret. Naboen har bedt om, at oplysningerne ikke gives videre.',
  opened: [],
};

(isMissing ? describe.skip : describe)('the file for an appeal body', () => {
  let place: TestTown;
  let carrier: Carrier;
  let lone: Staff;
  let request: AccessRequest;
  let folder: string;
  let made: AppealFile;
  let path: string;
  const within = <T>(work: (entities: EntityManager) => Promise<T>): Promise<T> => carrier.within(work);
  const files = (): AppealFiles => carrier.app.get(AppealFiles);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'appeal-'));
    place = await TestTown.start({ settings: { QUEUE_LOCK_MS: '1500', CLOCK_TICK_MS: '500' } });
    ({ carrier } = place);
    const worker = await place.town.run('worker');
    request = await answered();
    lone = await carrier.staff('lone', ['arkivar']);
    await worker.stop();
    made = await orderAndKill();
    path = await fetched(made);
  }, 300_000);
  afterAll(async () => {
    await place?.stop();
    rmSync(folder, { recursive: true });
  });

  /** A request whose last document was withheld whole. */
  async function answered(): Promise<AccessRequest> {
    const [mette, jens] = [await carrier.staff('mette', ['sagsbehandler']), await carrier.staff('jens', ['godkender'])];
    const asked = await carrier.ask(CLARA);
    await carrier.waitFor(asked.id, ['review']);
    await carrier.review(asked.id, mette, async (documents, entities) => {
      const { id } = documents.filter(({ finding }) => finding === null).at(-1) as DocumentRow;
      const reason = 'Dokumentet handler alene om en anden, og intet af det kan gives.';
      await carrier.app.get(DocumentReview).withhold(entities, asked.id, id, mette.id, 'FVL-15B-5', reason);
    });
    await carrier.waitFor(asked.id, ['ready']);
    await carrier.sign(asked.id, jens);
    return carrier.waitFor(asked.id, ['delivered']);
  }

  const order = (more: Partial<AppealFileOrder> = {}): Promise<AppealFile> =>
    within((entities) => files().order(entities, request.id, lone.id, { ...ORDER, ...more }));
  const finished = (id: string): Promise<AppealFile> =>
    until(
      'the file is made',
      () => within((entities) => entities.findOneByOrFail(AppealFile, { id })),
      ({ state }) => state !== 'ordered',
    );

  /** Two workers die with the file made and not yet noted; the third lives. */
  async function orderAndKill(): Promise<AppealFile> {
    const { id } = await order();
    const killed = new KilledWorker(place.town);
    for (const moment of ['after-effect', 'before-mark'] as const) await killed.dieAt(`assemble.appeal-file:${moment}`);
    await place.town.run('worker');
    return finished(id);
  }

  async function fetched(file: AppealFile): Promise<string> {
    const given = { reason: 'Sendes til Ankestyrelsen med sikker forbindelse.', isConfirmed: true };
    const { content } = await files().download(request.authorityId, request.id, file.id, lone.id, given);
    const chunks: Buffer[] = [];
    for await (const chunk of content as AsyncIterable<Buffer>) chunks.push(chunk);
    const target = join(folder, `${file.id}.pdf`);
    writeFileSync(target, Buffer.concat(chunks));
    return target;
  }

  const text = (page: number, pdf = path): string =>
    execFileSync('pdftotext', ['-f', String(page), '-l', String(page), '-layout', pdf, '-']).toString();
  const outlineOf = (pdf: string) =>
    JSON.parse(execFileSync('qpdf', ['--json', '--json-key=outlines', pdf]).toString()).outlines as {
      title: string;
      destpageposfrom1: number;
      kids: { title: string; destpageposfrom1: number }[];
    }[];
  const stored = (address: string): Promise<Buffer> =>
    carrier.app.get(Vault).readBytes(request.authorityId, address, {
      ...{ actor: { kind: 'system' }, action: 'vault.read', subject: { kind: 'file' }, reason: 'A test compares.' },
    });
  const removed = (): Promise<(Redaction & { row: DocumentRow })[]> =>
    within(async (entities) => {
      const places = await entities.findBy(Redaction, { requestId: request.id, decision: 'remove' });
      const own = await entities.findBy(FileRow, { requestId: request.id });
      const rows = await entities.findBy(DocumentRow, { requestId: request.id });
      return places
        .map((each) => {
          const file = own.find(({ id }) => id === each.fileId);
          return Object.assign(each, { row: rows.find(({ id }) => id === file?.documentId) as DocumentRow });
        })
        .filter(({ row }) => row.outcome === 'partial');
    });

  it('is one file, whichever moment its worker was killed at', async () => {
    expect(made.state).toBe('made');
    const bytes = readFileSync(path);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(made.sha256);
    const lying: { count: number }[] = await within((entities) =>
      entities.query('select count(*)::int as count from vault_object where size = $1', [made.size]),
    );
    expect(lying[0].count).toBe(1);
    execFileSync('qpdf', ['--check', path]);
  });

  it('has the pages of its parts, no more and no fewer, and an index that leads to them', async () => {
    const outline = outlineOf(path);
    const headings = outline.map(({ title }) => title);
    expect(headings).toEqual([
      ...['Forside og indhold', 'Anmodningen', 'Brevene', 'Aktlisten', 'Kommunens udtalelse', 'Dokumenterne'],
      ...['Fjernede steder', 'Beviset for svaret'],
    ]);
    const pages = Number(execFileSync('qpdf', ['--show-npages', path]).toString());
    expect(pages).toBe(made.pages);
    // Everything that was taken out of the vault is there with all of its pages.
    const rows = await within((entities) => entities.find(DocumentRow, { where: { requestId: request.id } }));
    const own = await within((entities) => entities.findBy(FileRow, { requestId: request.id }));
    const shown = rows.filter(({ outcome }) => ['full', 'partial', 'withheld'].includes(outcome));
    expect(made.documents).toBe(shown.length);
    const inDocuments = own
      .filter(({ documentId }) => shown.some(({ id }) => id === documentId))
      .reduce((sum, { pages: each }) => sum + (each ?? 1), 0);
    const at = (title: string): number => outline.find((each) => each.title === title)?.destpageposfrom1 as number;
    expect(at('Fjernede steder') - at('Dokumenterne')).toBe(inDocuments);
    const packaged = await within((entities) => entities.find(PackageFile));
    const pagesOf = async (kind: string): Promise<number> => {
      const { vaultKey } = packaged.find((each) => each.kind === kind) as PackageFile;
      return (await PDFDocument.load(await stored(vaultKey as string))).getPageCount();
    };
    expect(at('Kommunens udtalelse') - at('Aktlisten')).toBe(await pagesOf('aktliste'));
    expect(at('Aktlisten') - at('Brevene')).toBe(await pagesOf('letter'));
    expect(pages + 1 - at('Beviset for svaret')).toBe(await pagesOf('certificate'));
    // The page that the index prints is the page that the bookmark opens, and each page says the same of itself.
    const printed = text(1) + (at('Anmodningen') > 2 ? text(2) : '');
    for (const { title, destpageposfrom1: page } of outline.slice(1))
      expect(printed).toMatch(new RegExp(`${title}\\s+${page}\\n`));
    for (const kid of outline[5].kids) expect(text(kid.destpageposfrom1)).toMatch(/Dokument \d+/);
    for (const page of [1, at('Dokumenterne'), pages]) expect(text(page)).toContain(`Side ${page} af ${pages}`);
  });

  it('says on its first page what it is, for whom and by when', () => {
    const cover = text(1);
    expect(cover).toContain('INTET ER FJERNET');
    expect(cover).toMatch(/må ikke\s+sendes til borgeren/);
    expect(cover).toMatch(/Modtager\s+Ankestyrelsen/);
    expect(cover).toMatch(/26-1188/);
    expect(cover).toMatch(/1\. december 2099/);
  });

  it('shows every removed text under its frame, with the ground and number beside it', async () => {
    const places = await removed();
    expect(places.length).toBeGreaterThan(0);
    const outline = outlineOf(path);
    const starts = new Map(
      outline[5].kids.map(({ title, destpageposfrom1 }) => [title.split('.')[0], destpageposfrom1]),
    );
    const { document, close } = await openWithPdfJs(readFileSync(path));
    const isOurs = /^(Dokument \d|Side \d+ af)/;
    const pictures = new Map<number, Pixels>();
    for (const { row, page, boxes } of places) {
      const number = (starts.get(String(row.position)) as number) + page;
      const shown = await document.getPage(number);
      const { items } = await shown.getTextContent();
      const [[x0, y0, x1, y1]] = boxes;
      // What pdf.js reads with its place within the box: the text is there.
      const under = items.filter((item) => {
        if (!('str' in item) || item.str.trim() === '') return false;
        const [, , , , x, y] = item.transform as number[];
        return x < x1 && x + item.width > x0 && y > y0 - 4 && y < y1;
      });
      // The frame is drawn along every edge of the box.
      const view = shown.getViewport({ scale: 1 });
      const picture = pictures.get(number) ?? (await pixelsOf(number));
      pictures.set(number, picture);
      // A scan has no text of its own; there the picture under the frame must be as dark as writing is.
      const isScan = items.every((item) => !('str' in item) || !/\p{L}{3}/u.test(item.str) || isOurs.test(item.str));
      const [left, low, right, high] = [...view.convertToViewportPoint(x0, y0), ...view.convertToViewportPoint(x1, y1)];
      if (isScan) expect(darkest(picture, [left, high, right, low])).toBeLessThan(120);
      else expect(under.length).toBeGreaterThan(0);
      for (const [x, y] of [
        [left - 1, (low + high) / 2],
        [right + 1, (low + high) / 2],
        [(left + right) / 2, low + 1],
        [(left + right) / 2, high - 1],
      ])
        expect(isFrameNear(picture, x, y)).toBe(true);
      expect(text(number)).toMatch(/§ 15 b, nr\. 5|§ 8/);
    }
    await close();
  });

  interface Pixels {
    data: Buffer;
    width: number;
  }

  async function pixelsOf(page: number): Promise<Pixels> {
    const out = join(folder, `side-${page}`);
    execFileSync('pdftoppm', ['-r', '72', '-png', '-f', String(page), '-l', String(page), '-singlefile', path, out]);
    const { data, info } = await sharp(`${out}.png`).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    return { data, width: info.width };
  }

  /** The darkest grey within a box of the page as shown, its edges left out. */
  function darkest({ data, width }: Pixels, [left, top, right, bottom]: number[]): number {
    let found = 255;
    for (let y = Math.ceil(top) + 2; y < bottom - 2; y += 1)
      for (let x = Math.ceil(left) + 2; x < right - 2; x += 1) found = Math.min(found, data[3 * (y * width + x) + 1]);
    return found;
  }

  /** Within two pixels of the place something has the colour of a frame. */
  function isFrameNear({ data, width }: Pixels, x: number, y: number): boolean {
    for (let dy = -2; dy <= 2; dy += 1)
      for (let dx = -2; dx <= 2; dx += 1) {
        const at = 3 * (Math.round(y + dy) * width + Math.round(x + dx));
        if (data[at] - data[at + 1] > 40 && data[at] - data[at + 2] > 15) return true;
      }
    return false;
  }

  it('holds a document that was withheld whole, with every page marked so', async () => {
    const withheld = await within((entities) =>
      entities.findOneByOrFail(DocumentRow, { requestId: request.id, outcome: 'withheld' }),
    );
    const entry = outlineOf(path)[5].kids.find(({ title }) => title.startsWith(`${withheld.position}. `));
    expect(text(entry?.destpageposfrom1 as number)).toContain('Hele dokumentet: § 15 b, nr. 5');
    const list = outlineOf(path).find(({ title }) => title === 'Fjernede steder');
    expect(text(list?.destpageposfrom1 as number)).toContain(`${withheld.position}, hele dokumentet`);
    expect(made.marks).toBe((await removed()).length + 1);
  });

  it('carries both parts of the certificate as they were signed', async () => {
    const attached = (name: string): Buffer => execFileSync('qpdf', [`--show-attachment=${name}`, path]);
    const data = await within((entities) => entities.findOneByOrFail(PackageFile, { kind: 'certificate-data' }));
    expect(attached('bevis.json').equals(await stored(data.vaultKey as string))).toBe(true);
    const inside = JSON.parse(attached('bevis-kommune.json').toString()) as { redactions: { id: string }[] };
    expect(inside.redactions).toHaveLength(made.marks as number);
  });

  it('can open chosen places alone: the rest is as the citizen got it', async () => {
    const [chosen, ...others] = await removed();
    const { id } = await order({
      opened: [chosen.id],
      recipientKind: 'ombudsman',
      recipient: 'Folketingets Ombudsmand',
    });
    const narrow = await finished(id);
    expect(narrow).toMatchObject({ state: 'made', marks: 1, extent: 'chosen' });
    const pdf = await fetched(narrow);
    const whole = execFileSync('pdftotext', ['-layout', pdf, '-']).toString();
    expect(whole).toContain('UDVALGTE STEDER ER ÅBNET');
    const names = execFileSync('qpdf', ['--list-attachments', pdf]).toString();
    expect(names).toContain('bevis.json');
    expect(names).not.toContain('bevis-kommune.json');
    const [attachment] = names.match(/aabning-\d+\.json/) as RegExpMatchArray;
    const opening = JSON.parse(execFileSync('qpdf', [`--show-attachment=${attachment}`, pdf]).toString());
    expect(opening.redaction.id).toBe(chosen.id);
    expect(whole.replace(/\s+/g, ' ')).toContain(opening.text.trim().split(/\s+/)[0]);
    expect(others.length).toBeGreaterThan(0);
    const withheld = await within((entities) =>
      entities.findOneByOrFail(DocumentRow, { requestId: request.id, outcome: 'withheld' }),
    );
    expect(whole).toMatch(new RegExp(`Dokument ${withheld.position} »[^»]*« er holdt\\s+tilbage for borgeren`));
  });

  it('is fetched with a confirmed reason only, and each time is in the log', async () => {
    const ask = (reason: string, isConfirmed: boolean) =>
      files().download(request.authorityId, request.id, made.id, lone.id, { reason, isConfirmed });
    await expect(ask('kort', true)).rejects.toMatchObject({ code: 'reason-missing' });
    await expect(ask('Sendes til Ankestyrelsen i dag.', false)).rejects.toMatchObject({ code: 'not-confirmed' });
    const logged: { action: string; subject_id: string }[] = await within((entities) =>
      entities.query(`select action, subject_id from audit_entry where subject_kind = 'appeal_file' order by id`),
    );
    const own = logged.filter(({ subject_id }) => subject_id === made.id).map(({ action }) => action);
    expect(own.filter((action) => action === 'appeal-file.download')).toHaveLength(1);
    expect(own.filter((action) => action === 'appeal-file.made')).toHaveLength(1);
    expect(own).toContain('vault.read');
  });

  it('can be part of nothing that a citizen is sent, whatever a program does', async () => {
    const put = (statement: string) => within((entities) => entities.query(statement, [made.vaultKey]));
    await expect(put('update package_file set vault_key = $1')).rejects.toThrow('must not be sent to a citizen');
    await expect(put('update delivery_message set content_key = $1')).rejects.toThrow('must not be sent to a citizen');
    const guarded: { name: string }[] = await within((entities) =>
      entities.query(
        `select tgrelid::regclass::text as name from pg_trigger where tgname = 'no_appeal_file' order by name`,
      ),
    );
    expect(guarded.map(({ name }) => name)).toEqual([
      'delivery_message',
      'incident_letter',
      'late_notice',
      'package_file',
    ]);
  });

  it('is not made without an answer, a recipient or a day that can be kept', async () => {
    await expect(order({ recipient: ' ' })).rejects.toMatchObject({ code: 'recipient-missing' });
    await expect(order({ dueOn: '2099-02-30' })).rejects.toMatchObject({ code: 'due-wrong' });
    await expect(order({ dueOn: '2020-01-01' })).rejects.toMatchObject({ code: 'due-wrong' });
    await expect(order({ opened: [request.id] })).rejects.toMatchObject({ code: 'nothing-chosen' });
    const { id } = await carrier.ask({ cpr: '0113500099', name: 'Ny Borger' });
    const early = within((entities) => files().order(entities, id, lone.id, ORDER));
    await expect(early).rejects.toMatchObject({ code: 'not-answered' });
    expect(danishDay(made.orderedAt) <= danishDay(new Date())).toBe(true);
  });
});
