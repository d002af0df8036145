import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { LeakReport } from '../../src/contracts';
import type { AnswerTexts } from '../../src/decisions/answer-texts';
import { verifyCertificate } from '../../src/decisions/certificate/verify-certificate';
import { Decision } from '../../src/decisions/decision.entity';
import { PackageFile } from '../../src/decisions/package-file.entity';
import { Vault } from '../../src/platform/vault/vault';
import type { AccessRequest } from '../../src/requests/request.entity';
import { Browser } from '../../src/sandbox/demo/browser';
import type { Town } from '../../src/sandbox/demo/town';
import { CLARA } from '../../src/sandbox/municipality/citizens';
import { pdfPages } from '../browser/pdf-text';
import { answeredRequest } from '../support/answered-request';
import type { Carrier } from '../support/carry-request';
import { missingProgram } from '../support/missing-program';
import { TestTown } from '../support/test-town';

const run = promisify(execFile);
/** So small that the sample citizen's documents do not fit, and one document alone neither. */
const PART_BYTES = 32_000;
const MESSAGE_BYTES = 330_000;
const hasQpdf = !missingProgram('qpdf', 'that the parts of a package are whole PDF files');

/** A package that is larger than a message, on its whole way: divided, checked, certified, told of, sent in numbered messages. */
describe('a package that is divided', () => {
  let place: TestTown;
  let town: Town;
  let carrier: Carrier;
  let request: AccessRequest;
  let decision: Decision;
  let files: PackageFile[];
  let folder: string;
  let texts: AnswerTexts;

  beforeAll(async () => {
    place = await TestTown.start();
    ({ town, carrier } = place);
    await town.digitalPost.control.scenario({ kind: 'unavailable', recipientCpr: CLARA.cpr.replace('-', '') });
    await town.run('all', { PACKAGE_PART_BYTES: String(PART_BYTES), MESSAGE_BYTES: String(MESSAGE_BYTES) });
    request = await answeredRequest(carrier, CLARA);
    decision = await carrier.within((entities) =>
      entities.findOneByOrFail(Decision, { requestId: request.id, state: 'signed' }),
    );
    files = await carrier.within((entities) =>
      entities.find(PackageFile, { where: { decisionId: decision.id }, order: { position: 'ASC' } }),
    );
    texts = await carrier.answerTexts(request.id);
    folder = join(town.folder, 'downloaded');
    await mkdir(folder);
    for (const file of files) await writeFile(join(folder, file.name), await read(file.vaultKey as string));
  }, 180_000);
  afterAll(async () => {
    await place?.stop();
  });

  it('has the pages of every document once, each part with a list in front and within the limit or a single page', () => {
    const packages = files.filter(({ kind }) => kind === 'package');
    expect(packages.map(({ name }) => name)).toEqual(
      packages.map((_, index) => `aktindsigt-del-${index + 1}-af-${packages.length}.pdf`),
    );
    expect(packages.length).toBeGreaterThan(2);
    const listed = list().rows.reduce((sum, { pages }) => sum + pages, 0);
    expect(packages.reduce((sum, { pages }) => sum + pages, 0)).toBe(listed + packages.length);
    expect(decision.facts?.pages).toBe(listed);
    for (const { size, pages } of packages) if (Number(size) > PART_BYTES) expect(pages).toBe(2);
  });

  it('says at which page a document goes on in another part, and where each one begins', async () => {
    const [first, ...later] = list().rows.filter(({ packagePart }) => packagePart !== undefined);
    expect(first).toMatchObject({ packagePart: 1, packagePage: 2 });
    expect(later.length).toBeGreaterThan(0);
    const texts = await Promise.all(packagePaths().map(textOf));
    for (const { number, packagePart, packagePage, pages } of [first, ...later]) {
      const shown = texts[(packagePart as number) - 1]?.[(packagePage as number) - 1];
      expect(shown).toContain(`Dokument ${number}, side 1 af ${pages}`);
      expect(shown).toContain(`Del ${packagePart} af ${texts.length}, side ${packagePage} af`);
    }
    const goesOn = texts.flat().filter((text) => text.includes('(fortsættes i del'));
    expect(goesOn.length).toBeGreaterThan(0);
  });

  (hasQpdf ? it : it.skip)('is opened by another program without a fault in each of its parts', async () => {
    for (const path of packagePaths()) expect((await run('qpdf', ['--check', path])).stdout).toContain('No syntax or');
  });

  it('passed the gate in each of its parts, with the bytes that leave', async () => {
    const reports = await reportsOfGate();
    for (const { name, sha256 } of files.filter(({ kind }) => kind === 'package' || kind === 'reading-pdf')) {
      const own = reports.find((each) => each.name === name)?.report;
      expect(own).toMatchObject({ verdict: 'pass', sha256 });
      expect(own?.checks.filter(({ verdict }) => verdict === 'pass').map((check) => check.name)).toContain('page-text');
    }
  });

  it('has a reading version in parts that together hold every page of every document', async () => {
    const parts = files.filter(({ kind }) => kind === 'reading-pdf').map(({ name }) => name);
    expect(parts.length).toBeGreaterThan(1);
    expect(parts[0]).toBe(`laeseudgave-del-1-af-${parts.length}.pdf`);
    const text = (await Promise.all(parts.map((name) => textOf(join(folder, name))))).flat().join('\n');
    for (const { pages } of list().rows) expect(text).toContain(`Side ${pages} af ${pages}`);
  });

  it('is covered by the certificate file by file', async () => {
    const others = await Promise.all(
      files
        .filter(({ kind }) => kind !== 'certificate-data')
        .map(async ({ name }) => {
          const bytes = await readFile(join(folder, name));
          const sha256 = createHash('sha256').update(bytes).digest('hex');
          return [name, { sha256, size: bytes.length }] as const;
        }),
    );
    const citizen = await readFile(join(folder, 'bevis.json'));
    const verdict = verifyCertificate({ citizen, files: new Map(others) });
    expect(verdict).toMatchObject({ verdict: 'pass', notCovered: [] });
    expect(verdict.files.map(({ name }) => name)).toEqual(expect.arrayContaining(packageNames()));
  });

  it('is told of in the letter and on the citizen’s page, part by part', async () => {
    const letter = await textOf(join(folder, 'afgoerelse.pdf'));
    const flat = letter.join(' ');
    const browser = new Browser(town.publicUrl);
    await browser.logIn('/log-ind', CLARA.login);
    expect(await browser.open(`/anmodninger/${request.id}/svar`)).toBe(200);
    const named = packageNames();
    named.forEach((name, index) => {
      const part = `del ${index + 1} af ${named.length}`;
      expect(flat).toContain(`Dokumenterne, ${part} (${name})`);
      expect(browser.text()).toContain(`Hent dokumenterne, ${part}`);
    });
    expect(flat).toContain('Læseudgave af dokumenterne');
  });

  it('lies in the mailbox as numbered messages with the letter in each, and the one that was lost was sent again alone', async () => {
    const messages = await carrier.messagesOf(request.id);
    expect(messages.length).toBeGreaterThan(1);
    expect(messages.map(({ attempts }) => attempts)).toEqual([2, ...messages.slice(1).map(() => 1)]);
    expect(messages.every(({ state }) => state === 'delivered')).toBe(true);
    const letter = files.find(({ kind }) => kind === 'letter')?.id;
    expect(messages.every(({ fileIds }) => fileIds[0] === letter)).toBe(true);
    const sent = files.filter(({ mediaType }) => mediaType === 'application/pdf').map(({ id }) => id);
    expect(messages.flatMap(({ fileIds }) => fileIds.slice(1))).toEqual(sent.filter((id) => id !== letter));
    const there = await town.digitalPost.control.messages();
    expect(there.map(({ label }) => /\((\d+\/\d+)\)$/.exec(label)?.[1]).sort()).toEqual(
      messages.map(({ part }) => `${part}/${messages.length}`),
    );
    expect(there.map(({ sha256 }) => sha256).sort()).toEqual(messages.map((each) => each.contentSha256).sort());
  });

  const packageNames = () => files.filter(({ kind }) => kind === 'package').map(({ name }) => name);
  const packagePaths = () => packageNames().map((name) => join(folder, name));
  const list = () => texts.list;
  const reportsOfGate = async () =>
    JSON.parse((await read(decision.reportKey as string)).toString('utf8')) as { name: string; report: LeakReport }[];
  const read = (address: string) =>
    carrier.app.get(Vault).readBytes(town.authorityId, address, {
      actor: { kind: 'system' },
      action: 'vault.read',
      subject: { kind: 'package' },
      reason: 'A test looks at the package.',
    });
});

async function textOf(path: string): Promise<string[]> {
  return pdfPages(await readFile(path));
}
