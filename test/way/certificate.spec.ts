import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../../src/app.module';
import { AssembleDecision } from '../../src/decisions/assemble-decision';
import type { CitizenCertificate, MunicipalCertificate, Opening } from '../../src/decisions/certificate/certificate';
import { Certificate } from '../../src/decisions/certificate/certificate.entity';
import { Decision } from '../../src/decisions/decision.entity';
import { PackageFile } from '../../src/decisions/package-file.entity';
import { AuditEntry } from '../../src/platform/audit-log/audit-entry.entity';
import { loadSettings } from '../../src/platform/settings';
import { Vault } from '../../src/platform/vault/vault';
import type { Town } from '../../src/sandbox/demo/town';
import { CLARA } from '../../src/sandbox/municipality/citizens';
import { SOLBY } from '../../src/sandbox/municipality/municipality';
import { WorkerModule } from '../../src/worker.module';
import { answeredRequest } from '../support/answered-request';
import type { Carrier } from '../support/carry-request';
import { TestTown } from '../support/test-town';

const CLI = join(__dirname, '..', '..', 'dist', 'cli.js');

describe('the certificate of a package that was delivered', () => {
  let place: TestTown;
  let town: Town;
  let carrier: Carrier;
  let folder: string;
  let number: string;
  let certificate: Certificate;

  beforeAll(async () => {
    place = await TestTown.start();
    ({ town, carrier } = place);
    await town.run('all');
    const request = await answeredRequest(carrier, CLARA);
    ({ number } = request);
    certificate = await carrier.within((entities) => entities.findOneByOrFail(Certificate, { requestId: request.id }));
    folder = join(town.folder, 'downloaded');
    await mkdir(folder);
    for (const file of await packageFiles())
      await writeFile(join(folder, file.name), await read(file.vaultKey as string));
    const keys = await fetch(`${town.publicUrl}/.well-known/aktindsigt-noegler.json`);
    await writeFile(inTown('keys.json'), await keys.text());
  }, 180_000);
  afterAll(async () => {
    await place?.stop();
  });

  const inTown = (name: string) => join(town.folder, name);
  const packageFiles = () =>
    carrier.within((entities) =>
      entities.find(PackageFile, { where: { decisionId: certificate.decisionId }, order: { position: 'ASC' } }),
    );
  const read = (address: string) =>
    carrier.app.get(Vault).readBytes(town.authorityId, address, {
      actor: { kind: 'system' },
      action: 'vault.read',
      subject: { kind: 'package' },
      reason: 'A test looks at the package.',
    });
  const cli = (...args: string[]) =>
    new Promise<{ code: number; out: string; err: string }>((done) =>
      execFile(process.execPath, [CLI, 'certificate', ...args], { maxBuffer: 1e8 }, (error, out, err) =>
        done({ code: error ? Number(error.code) : 0, out, err }),
      ),
    );
  const inSystem = ['--cvr', SOLBY.cvr, '--settings'];

  it('fits the files that were delivered, by the key that the municipality publishes', async () => {
    const { code, out } = await cli('verify', folder, '--keys', inTown('keys.json'));
    const verdict = JSON.parse(out);
    expect(verdict).toMatchObject({
      verdict: 'pass',
      key: 'published',
      parts: ['citizen'],
      notCovered: [],
      faults: [],
    });
    expect(verdict.files.map(({ name }: { name: string }) => name)).toEqual([
      'afgoerelse.pdf',
      'aktliste.pdf',
      'aktindsigt.pdf',
      'laeseudgave.html',
      'laeseudgave.pdf',
      'bevis.pdf',
    ]);
    expect(code).toBe(0);
  });

  it('does not fit a file that was changed by one byte, and names it', async () => {
    const path = join(folder, 'aktindsigt.pdf');
    const bytes = await readFile(path);
    const changed = Buffer.from(bytes);
    changed[bytes.length >> 1] ^= 1;
    await writeFile(path, changed);
    const { code, err } = await cli('verify', folder, '--keys', inTown('keys.json'));
    await writeFile(path, bytes);
    expect(code).toBe(1);
    expect(err).toContain('The file aktindsigt.pdf is not the one that was approved: it was changed.');
  });

  it('tells the citizen the decision’s figures and no removed text', async () => {
    const told = JSON.parse(await readFile(join(folder, 'bevis.json'), 'utf8')) as CitizenCertificate;
    const decision = await carrier.within((entities) =>
      entities.findOneByOrFail(Decision, { id: certificate.decisionId }),
    );
    expect(told).toMatchObject({ request: number, manifestSha256: decision.manifestSha256 });
    expect(told.documents).toEqual(decision.facts?.documents);
    expect(told.verification.engines).toEqual(decision.facts?.verification.engines);
    expect(told.municipality.redactions).toBe(certificate.redactions);
    expect(certificate.redactions).toBeGreaterThan(0);
  });

  it('opens one redaction to an appeal body, with the proof, and the log says why', async () => {
    const inside = await cli('open', number, '--reason', 'Ankestyrelsen, sag 1', ...inSystem, inTown('settings.env'));
    const { redactions } = JSON.parse(inside.out) as MunicipalCertificate;
    const passage = redactions.find(({ kind }) => kind === 'passage');
    const opened = await cli(
      ...['open', number, '--redaction', String(passage?.id), '--reason', 'Ankestyrelsen, sag 1'],
      ...[...inSystem, inTown('settings.env')],
    );
    const opening = JSON.parse(opened.out) as Opening;
    expect(opening.text).not.toBe('');
    expect(inside.out).not.toContain(opening.text);
    await writeFile(inTown('opening.json'), opened.out);
    const checked = await cli('verify', folder, '--keys', inTown('keys.json'), '--opening', inTown('opening.json'));
    expect(JSON.parse(checked.out)).toMatchObject({ verdict: 'pass', opening: 'fits' });
    await writeFile(inTown('opening.json'), JSON.stringify({ ...opening, text: `${opening.text}.` }));
    expect((await cli('verify', folder, '--opening', inTown('opening.json'))).code).toBe(1);
    const entry = await carrier.within((entities) => entities.findOneBy(AuditEntry, { action: 'certificate.open' }));
    expect(entry).toMatchObject({ subjectId: passage?.id, reason: 'Ankestyrelsen, sag 1' });
  });

  it('still fits after the key was changed', async () => {
    expect((await cli('rotate', ...inSystem, inTown('settings.env'))).code).toBe(0);
    const keys = await (await fetch(`${town.publicUrl}/.well-known/aktindsigt-noegler.json`)).text();
    expect(JSON.parse(keys).keys).toHaveLength(2);
    await writeFile(inTown('keys-later.json'), keys);
    const { code, out } = await cli('verify', folder, '--keys', inTown('keys-later.json'));
    expect(JSON.parse(out)).toMatchObject({ verdict: 'pass', key: 'published' });
    expect(code).toBe(0);
  });

  it('is of a package that comes out the same, byte for byte, when it is assembled again', async () => {
    const app = await NestFactory.createApplicationContext(
      AppModule.with(loadSettings(town.settings), [WorkerModule]),
      { logger: ['error'] },
    );
    const decision = await carrier.within((entities) =>
      entities.findOneByOrFail(Decision, { id: certificate.decisionId }),
    );
    try {
      const first = await app.get(AssembleDecision).run(decision);
      const second = await app.get(AssembleDecision).run(decision);
      const signed = (await packageFiles()).filter(({ kind }) => !kind.startsWith('certificate'));
      const hashes = (files: { name: string; sha256: string }[]) => files.map(({ name, sha256 }) => [name, sha256]);
      expect(hashes(first.files)).toEqual(hashes(signed));
      expect(hashes(second.files)).toEqual(hashes(signed));
      expect([first.manifestSha256, second.manifestSha256]).toEqual([decision.manifestSha256, decision.manifestSha256]);
    } finally {
      await app.close();
    }
  });

  it.each([
    ['a folder that is not there', ['verify', '/nowhere']],
    ['a folder without a certificate', ['verify', __dirname]],
    ['a file that holds no keys', ['verify', __dirname, '--keys', join(__dirname, '..', '..', 'package.json')]],
  ])('is bad use with %s', async (_what, args) => {
    expect((await cli(...args)).code).toBe(2);
  });
});
