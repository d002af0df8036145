import 'reflect-metadata';
import { CloseReview } from '../../src/decisions/close-review';
import { DocumentRow } from '../../src/gathering/document.entity';
import { FileRow } from '../../src/gathering/file.entity';
import type { Staff } from '../../src/identity/staff.entity';
import { AuditEntry } from '../../src/platform/audit-log/audit-entry.entity';
import { Vault } from '../../src/platform/vault/vault';
import { Browser } from '../../src/sandbox/demo/browser';
import type { Program } from '../../src/sandbox/demo/program';
import { startClamd, type ClamdServer } from '../../src/sandbox/clamd/clamd-server';
import { DocumentReview } from '../../src/redaction/document-review';
import { CLARA } from '../../src/sandbox/municipality/citizens';
import { freePort } from '../../src/sandbox/process/real-server';
import type { Carrier } from '../support/carry-request';
import { missingProgram } from '../support/missing-program';
import { TestTown } from '../support/test-town';
import { until } from '../support/until';

/** Words of a note in Clara's case, so that the note is "infected" and the rest is not. */
const SIGNATURE = { name: 'Solby.Proeve', text: 'Han vil være anonym.' };

const described = missingProgram('clamd', 'that infected files are kept shut') ? describe.skip : describe;

described('the virus check of what is gathered', () => {
  let place: TestTown;
  let carrier: Carrier;
  let program: Program;
  let clamd: ClamdServer | undefined;
  let caseworker: Staff;
  let id: string;
  let port: number;

  beforeAll(async () => {
    port = await freePort();
    place = await TestTown.start({
      settings: { CLAMD_URL: `tcp://127.0.0.1:${port}`, QUEUE_RETRY_MS: '300', LIBREOFFICE: 'none' },
    });
    ({ carrier } = place);
    program = await place.town.run('all');
    caseworker = await carrier.staff('mette', ['sagsbehandler']);
    ({ id } = await carrier.ask(CLARA));
  });
  afterAll(async () => {
    await place?.stop();
    await clamd?.stop();
  });

  const files = () => carrier.within((entities) => entities.findBy(FileRow, { requestId: id }));

  it('opens nothing while clamd is down: every file waits', async () => {
    await until(
      'the check was tried in vain',
      async () => program.log,
      (log) => /convert\.file failed .*The virus check could not be reached/.test(log),
    );
    const waiting = await files();
    expect(waiting.length).toBeGreaterThan(2);
    expect(waiting.map(({ state, pdfKey }) => [state, pdfKey])).toEqual(waiting.map(() => ['fetched', null]));
  });

  it('goes on by itself when clamd is back, and shuts the infected file alone', async () => {
    clamd = await startClamd({ signatures: [SIGNATURE], port });
    await carrier.waitFor(id, ['review']);
    const shut = (await files()).filter(({ state }) => state !== 'converted');
    expect(shut).toMatchObject([
      { state: 'quarantined', unreadableReason: 'virus', pdfKey: null, wordsKey: null, pages: null },
    ]);
    expect(shut[0].notes[0].sentence).toContain('Solby.Proeve');
    const entries = await carrier.within((entities) => entities.findBy(AuditEntry, { action: 'file.quarantine' }));
    expect(entries).toMatchObject([{ requestId: id }]);
  });

  it('keeps the file in the vault as it came', async () => {
    const shut = (await files()).find(({ state }) => state === 'quarantined') as FileRow;
    const act = { actor: { kind: 'system' }, action: 'vault.read', subject: { kind: 'file', id: shut.id } } as const;
    const kept = await carrier.app
      .get(Vault)
      .readBytes(shut.authorityId, shut.originalKey as string, { ...act, reason: 'A test looks at it.' });
    expect(kept.toString('utf8')).toContain(SIGNATURE.text);
  });

  it('is told to the caseworker in words, and counted in the balance', async () => {
    const mette = new Browser(place.town.publicUrl);
    await mette.logIn('/medarbejder', 'mette');
    await mette.open(`/sagsbehandling/${id}`);
    expect(mette.text()).toMatch(/I karantæne\. Viruskontrollen fandt »Solby\.Proeve/);
    expect(mette.text()).toMatch(/I karantæne \(virus\)\s*1/);
    const shut = (await files()).find(({ state }) => state === 'quarantined') as FileRow;
    await mette.open(`/sagsbehandling/${id}/gennemgang/${shut.documentId}/1`);
    expect(mette.text()).toContain('Bed it-afdelingen om at undersøge den');
    expect(mette.text()).not.toContain(SIGNATURE.text);
  });

  it('is asked again when the caseworker wishes, and shuts the file again while the signature stands', async () => {
    const shut = (await files()).find(({ state }) => state === 'quarantined') as FileRow;
    const mette = await caseworkerAt(shut);
    expect(await mette.send(again(shut))).toBe(200);
    await carrier.waitFor(id, ['review']);
    expect((await files()).find((file) => file.id === shut.id)).toMatchObject({ state: 'quarantined' });
    const entries = await carrier.within((entities) => entities.findBy(AuditEntry, { action: 'file.quarantine' }));
    expect(entries).toHaveLength(2);
    const open = (await files()).find(({ state }) => state === 'converted') as FileRow;
    expect(await mette.send(again(open))).toBe(422);
    expect(mette.text()).toContain('Dokumentet har ingen fil, der kan prøves igen');
  });

  it('stops the review from being closed until the whole document is decided on', async () => {
    await expect(carrier.within((entities) => carrier.closeReview(entities, id, caseworker.id))).rejects.toThrow(
      'En fil kunne ikke åbnes',
    );
    const shut = (await files()).find(({ state }) => state === 'quarantined') as FileRow;
    await carrier.review(id, caseworker, async (_documents, entities) => {
      const reason = 'Filen er smittet, og indholdet kan derfor ikke vurderes.';
      await carrier.app.get(DocumentReview).withhold(entities, id, shut.documentId, caseworker.id, 'FVL-15B-5', reason);
    });
    const document = await carrier.within((entities) => entities.findOneByOrFail(DocumentRow, { id: shut.documentId }));
    expect(document.outcome).toBe('withheld');
    expect((await files()).find((file) => file.id === shut.id)).toMatchObject({
      state: 'quarantined',
      redactedKey: null,
    });
  });

  it('lets the file be opened and read when the signature was a mistake', async () => {
    const shut = (await files()).find(({ state }) => state === 'quarantined') as FileRow;
    await clamd?.stop();
    clamd = await startClamd({ signatures: [{ name: 'Solby.Andet', text: 'noget-helt-andet' }], port });
    await carrier.waitFor(id, ['ready']);
    await carrier.within(async (entities) => {
      await carrier.app.get(CloseReview).reopen(entities, id, caseworker.id);
      await carrier.app.get(DocumentReview).reopenDocument(entities, id, shut.documentId, caseworker.id);
    });
    const mette = await caseworkerAt(shut);
    expect(await mette.send(again(shut))).toBe(200);
    await carrier.waitFor(id, ['review']);
    expect((await files()).find((file) => file.id === shut.id)).toMatchObject({ state: 'converted', pages: 1 });
  });

  const again = ({ documentId }: FileRow) => `/sagsbehandling/${id}/gennemgang/${documentId}/igen`;

  async function caseworkerAt({ documentId }: FileRow): Promise<Browser> {
    const browser = new Browser(place.town.publicUrl);
    await browser.logIn('/medarbejder', 'mette');
    await browser.open(`/sagsbehandling/${id}/gennemgang/${documentId}/1`);
    return browser;
  }
});
