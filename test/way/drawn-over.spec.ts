import type { PageText, Word } from '../../src/contracts';
import { FileRow } from '../../src/gathering/file.entity';
import { THE_SYSTEM } from '../../src/platform/audit-log/audit-log';
import { Vault } from '../../src/platform/vault/vault';
import { RemovedTerms } from '../../src/redaction/removed-terms';
import { Review } from '../../src/redaction/review';
import type { Town } from '../../src/sandbox/demo/town';
import { CLARA } from '../../src/sandbox/municipality/citizens';
import type { Carrier } from '../support/carry-request';
import { TestTown } from '../support/test-town';

describe('a name that a person drew over', () => {
  let place: TestTown;
  let town: Town;
  let carrier: Carrier;

  beforeAll(async () => {
    place = await TestTown.start();
    ({ town, carrier } = place);
    await town.run('worker');
  });
  afterAll(async () => {
    await place?.stop();
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
    expect(terms.onPages).toContainEqual({ text: words.map((word) => word.text).join(' '), type: 'NAME' });
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
