import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PageText, Word } from '../../src/contracts';
import { FileRow } from '../../src/gathering/file.entity';
import { THE_SYSTEM } from '../../src/platform/audit-log/audit-log';
import { Vault } from '../../src/platform/vault/vault';
import { RemovedTerms } from '../../src/redaction/removed-terms';
import { Review } from '../../src/redaction/review';
import { Town } from '../../src/sandbox/demo/town';
import { CLARA } from '../../src/sandbox/municipality/citizens';
import { Carrier } from '../support/carry-request';

describe('a name that a person drew over', () => {
  let folder: string;
  let town: Town;
  let carrier: Carrier;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'aktindsigt-drawn-'));
    town = await Town.start({
      folder,
      adminUrl: process.env['TEST_POSTGRES_ADMIN_URL'],
      secretsFolder: process.env['TEST_POSTGRES_SECRETS'],
    });
    carrier = await Carrier.start(town.settings, town.authorityId);
    await town.run('worker');
  });
  afterAll(async () => {
    await carrier?.stop();
    await town?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('is looked for in everything that leaves, as one that was proposed', async () => {
    const caseworker = await carrier.staff('mette', ['sagsbehandler']);
    const { id } = await carrier.ask(CLARA);
    await carrier.waitFor(id, ['review']);
    const { file, page, words } = await twoCapitals(id);
    await carrier.within((entities) =>
      carrier.app.get(Review).draw(
        entities,
        id,
        file.id,
        page,
        words.map((word) => word.box),
        caseworker.id,
        'FVL-15B-5',
      ),
    );
    const terms = await carrier.app.get(RemovedTerms).now(town.authorityId, id);
    expect(terms).toContainEqual({ text: words.map((word) => word.text).join(' '), type: 'NAME' });
  });

  /** Two words with capitals beside each other, somewhere in the documents. */
  async function twoCapitals(requestId: string): Promise<{ file: FileRow; page: number; words: Word[] }> {
    const files = await carrier.within((entities) => entities.findBy(FileRow, { requestId, state: 'converted' }));
    for (const file of files) {
      const pages = await carrier.app.get(Vault).readJson<PageText[]>(town.authorityId, file.wordsKey as string, {
        actor: THE_SYSTEM,
        action: 'vault.read',
        subject: { kind: 'file', id: file.id },
        requestId,
        reason: 'A test reads the words of a page.',
      });
      for (const { index, words } of pages) {
        const at = words.findIndex(
          (word, place) => isName(word) && isName(words[place + 1]) && onLine(word, words[place + 1]),
        );
        if (at >= 0) return { file, page: index, words: words.slice(at, at + 2) };
      }
    }
    throw new Error('No page has two words with capitals beside each other.');
  }
});

function isName(word: Word | undefined): boolean {
  return word !== undefined && /^\p{Lu}\p{Ll}{3,}$/u.test(word.text);
}

function onLine(left: Word, right: Word | undefined): boolean {
  return right !== undefined && Math.abs(left.box[1] - right.box[1]) < 2;
}
