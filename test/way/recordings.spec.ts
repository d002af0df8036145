import 'reflect-metadata';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Decision } from '../../src/decisions/decision.entity';
import { PackageFile } from '../../src/decisions/package-file.entity';
import { DocumentRow } from '../../src/gathering/document.entity';
import { FileRow } from '../../src/gathering/file.entity';
import { Recording } from '../../src/gathering/recording.entity';
import type { Staff } from '../../src/identity/staff.entity';
import { KeyRing } from '../../src/platform/keys/authority-keys';
import { Outbox } from '../../src/platform/outbox/outbox';
import { Vault } from '../../src/platform/vault/vault';
import { Browser } from '../../src/sandbox/demo/browser';
import { CLARA } from '../../src/sandbox/municipality/citizens';
import type { Carrier } from '../support/carry-request';
import { TestTown } from '../support/test-town';
import { until } from '../support/until';

const FORMATS = join(__dirname, '..', 'data', 'formats');
const sample = (name: string) => readFile(join(FORMATS, name));

describe('sound and film', () => {
  let place: TestTown;
  let carrier: Carrier;
  let mette: Browser;
  let jens: Browser;
  let caseworker: Staff;
  let approver: Staff;
  let id: string;
  let call: FileRow;
  let film: FileRow;

  beforeAll(async () => {
    place = await TestTown.start();
    ({ carrier } = place);
    await place.town.run('all');
    caseworker = await carrier.staff('mette', ['sagsbehandler']);
    approver = await carrier.staff('jens', ['godkender']);
    const asked = await carrier.ask(CLARA);
    ({ id } = await carrier.waitFor(asked.id, ['review']));
    call = await arrive('opkald.wav', 101);
    film = await arrive('film.webm', 102);
    mette = new Browser(place.town.publicUrl);
    await mette.logIn('/medarbejder', 'mette');
    jens = new Browser(place.town.publicUrl);
    await jens.logIn('/medarbejder', 'jens');
  });
  afterAll(async () => {
    await place?.stop();
  });

  /** A document with one file, as a records system gives it, converted by the worker. */
  async function arrive(name: string, position: number): Promise<FileRow> {
    const { address, size } = await carrier.app.get(Vault).put(place.town.authorityId, await sample(name));
    const file = await carrier.within(async (entities) => {
      const keys = await carrier.app.get(KeyRing).of(place.town.authorityId);
      const like = await entities.findOneOrFail(DocumentRow, { where: { requestId: id }, order: { position: 'ASC' } });
      const document = await entities.save(
        entities.create(DocumentRow, {
          ...{ authorityId: like.authorityId, requestId: id, recordsCaseId: like.recordsCaseId, parentId: null },
          ...{ sourceDocumentId: name, position, kind: 'document', outcome: 'open' as const, sentIn: false },
          titleSealed: keys.seal('document.title', `Optagelse ${position}`),
        }),
      );
      const row = await entities.save(
        entities.create(FileRow, {
          ...{ authorityId: like.authorityId, requestId: id, documentId: document.id, sourceFileId: name, position: 0 },
          ...{ nameSealed: keys.seal('file.name', name), size: String(size), originalKey: address, notes: [] },
          state: 'fetched' as const,
        }),
      );
      // The source listed it: the account of the search stays even.
      await entities.query(
        'update source_run r set documents = r.documents + 1 from records_case c where c.id = $1 and r.id = c.source_run_id',
        [like.recordsCaseId],
      );
      await carrier.app.get(Outbox).announce(entities, like.authorityId, 'convert.file', row.id);
      return row;
    });
    return until(
      `${name} is converted`,
      () => carrier.within((entities) => entities.findOneByOrFail(FileRow, { id: file.id })),
      ({ state }) => state !== 'fetched',
    );
  }

  const recordingOf = (file: FileRow) =>
    carrier.within((entities) => entities.findOneByOrFail(Recording, { fileId: file.id }));
  const address = (file: FileRow) => `/sagsbehandling/${id}/optagelser/${file.id}`;

  async function choose(
    browser: Browser,
    file: FileRow,
    fields: Record<string, string>,
    upload?: string,
  ): Promise<number> {
    await browser.open(address(file));
    return browser.sendWithFile(
      address(file),
      fields,
      upload ? { name: upload, bytes: await sample(upload) } : undefined,
    );
  }

  it('wait for a person, and stop the review from being closed', async () => {
    expect(await recordingOf(call)).toMatchObject({ medium: 'audio', mediaType: 'audio/wav', outcome: null });
    expect(await recordingOf(film)).toMatchObject({ medium: 'video', mediaType: 'video/webm', outcome: null });
    await expect(carrier.within((entities) => carrier.closeReview(entities, id, caseworker.id))).rejects.toThrow(
      '2 filer kunne ikke åbnes',
    );
  });

  it('can be played from the page, and only by an employee', async () => {
    expect(await mette.open(address(call))).toBe(200);
    expect(mette.text()).toContain('Hvordan skal borgeren have denne lydoptagelse?');
    expect(await mette.download(`${address(call)}/original`)).toEqual(await sample('opkald.wav'));
    const stranger = new Browser(place.town.publicUrl);
    expect(await stranger.download(`${address(call)}/original`)).not.toEqual(await sample('opkald.wav'));
  });

  it('are not given before the one who chooses attests to have played them to the end', async () => {
    expect(await choose(mette, film, { udlevering: 'invitation' })).toBe(422);
    expect(mette.text()).toContain('Afspil optagelsen til ende');
    expect((await recordingOf(film)).outcome).toBeNull();
  });

  it('are not given as a file that is the original, or that is no recording', async () => {
    const fields = { udlevering: 'redigeret', afspillet: 'ja' };
    expect(await choose(mette, call, fields, 'opkald.wav')).toBe(422);
    expect(mette.text()).toContain('Filen er den samme som originalen');
    expect(await choose(mette, call, fields, 'brev.odt')).toBe(422);
    expect(mette.text()).toContain('hverken lyd eller film');
    expect(await choose(mette, call, fields)).toBe(422);
    expect(mette.text()).toContain('Vælg filen');
  });

  it('leave as a transcript that is read and reviewed like any document', async () => {
    expect(await choose(mette, call, { udlevering: 'udskrift', afspillet: 'ja' }, 'notat-latin1.txt')).toBe(200);
    await carrier.waitFor(id, ['review']);
    const file = await carrier.within((entities) => entities.findOneByOrFail(FileRow, { id: call.id }));
    expect(file).toMatchObject({ state: 'converted', pages: 1 });
    expect(file.proposalsKey).not.toBeNull();
  });

  it('leave as an edited file or an invitation, and nothing is signed before a second employee has played each', async () => {
    expect(await choose(mette, film, { udlevering: 'invitation', afspillet: 'ja' })).toBe(200);
    await carrier.review(id, caseworker);
    await carrier.waitFor(id, ['ready']);
    await jens.open(`/sagsbehandling/${id}/godkend`);
    expect(jens.text()).toContain('Mangler en anden, der afspiller den');
    await expect(carrier.sign(id, approver)).rejects.toThrow('2 optagelser mangler en anden medarbejder');
    await mette.open(address(film));
    expect(mette.links(/\/afspillet$/)).toEqual([]);
    for (const file of [call, film]) {
      await jens.open(address(file));
      expect(await jens.send(`${address(file)}/afspillet`, { afspillet: 'ja' })).toBe(200);
      expect(await recordingOf(file)).toMatchObject({ playedBy: caseworker.id });
    }
    const letter = await carrier.answerTexts(id);
    expect(letter.letter.deliveryNotes.join(' ')).toMatch(/er en lydoptagelse. Du får den som en udskrift/);
    expect(letter.letter.deliveryNotes.join(' ')).toMatch(/er en filmoptagelse. Du er velkommen til at se den hos os/);
    const grounds = letter.list.rows.map(({ ground }) => ground).join('; ');
    expect(grounds).toContain('udskrift');
    expect(grounds).toContain('ses hos os');
  });

  it('that are edited stand in the signed manifest, and the citizen fetches them beside the package', async () => {
    await carrier.reopen(id, caseworker.id);
    expect(await choose(mette, film, { udlevering: 'redigeret', afspillet: 'ja' }, 'opkald.wav')).toBe(200);
    expect((await recordingOf(film)).secondBy).toBeNull();
    await carrier.review(id, caseworker);
    await carrier.waitFor(id, ['ready']);
    await jens.open(address(film));
    expect(await jens.send(`${address(film)}/afspillet`, { afspillet: 'ja' })).toBe(200);
    const given = await carrier.within(async (entities) => {
      const { reviewRound: round } = await carrier.request(id);
      const decision = await entities.findOneByOrFail(Decision, { requestId: id, round });
      const file = await entities.findOneByOrFail(PackageFile, { decisionId: decision.id, kind: 'recording' });
      return { decision, file };
    });
    expect(given.decision.manifest?.files.map(({ name }) => name)).toContain(given.file.name);
    expect(given.file).toMatchObject({ mediaType: 'audio/wav', name: expect.stringMatching(/^optagelse-\d+\.wav$/) });
    const delivery = await carrier.sign(id, approver);
    await carrier.waitFor(id, ['delivered']);
    const memo = await carrier.memoOf((await carrier.messagesOf(delivery.requestId))[0]);
    expect(memo.toString('utf8')).not.toContain('audio/wav');
    const clara = new Browser(place.town.publicUrl);
    await clara.logIn('/log-ind', CLARA.login);
    await clara.open(`/anmodninger/${id}/svar`);
    expect(await clara.download(`/anmodninger/${id}/svar/${given.file.name}`)).toEqual(await sample('opkald.wav'));
  });
});
