import { FOUND_BY_HAND } from '../municipality/further-holdings';
import type { Browser } from './browser';
import type { ProgressBar } from './progress-bar';
import { waitFor } from './sample-request';

const LIMIT_MS = 2 * 60_000;
const NO_PAPER =
  'Jeg gennemgik kartoteket i kælderen den 22. november 2026 på navn og personnummer. Der var ingen kasse.';
const STATEMENT = 'Jeg søgte den 22. november 2026 på personnummeret, i åbne og lukkede sager.';
const SYSTEM = 'Jeg ringede til Hjælpemiddeldepotet den 22. november 2026. Sagen er lukket uden dokumenter.';

/** What nobody can ask by machine: a file is laid in and both searches are attested, while the other systems are gathered. */
export async function searchByHand(caseworker: Browser, path: string, bar: ProgressBar): Promise<void> {
  await waitFor(caseworker, path, /Søges i hånden/, LIMIT_MS);
  const files = caseworker.links(/\/kilder\/[0-9a-f-]+\/filer$/);
  const paper = caseworker
    .links(/\/kilder\/[0-9a-f-]+\/bestillinger$/)
    .map((link) => link.replace(/bestillinger$/, ''));
  for (const link of files.filter((each) => !paper.some((source) => each.startsWith(source)))) {
    const { title, date, name, bytes } = FOUND_BY_HAND;
    await mustShow(
      caseworker,
      caseworker.sendWithFile(link, { titel: title, dato: date, retning: 'ud' }, { name, bytes }),
    );
    await attest(caseworker, link.replace(/filer$/, ''), STATEMENT);
  }
  for (const source of paper) await attest(caseworker, source, NO_PAPER);
  bar.finish('En sagsbehandler har søgt i hånden i KY, lagt et dokument ind og set efter i papirarkivet.');
}

/** The system that only the index of cases knew of, and what else a person must say of the search. */
export async function answerForSearch(caseworker: Browser, path: string, bar: ProgressBar): Promise<void> {
  await caseworker.open(path);
  const unknown = caseworker.links(/\/systemer\/[0-9a-f-]+$/);
  for (const link of unknown) {
    await mustShow(caseworker, caseworker.send(link, { svar: 'soegt', redegoerelse: SYSTEM }));
  }
  for (const link of caseworker.links(/\/huller\/[0-9a-f-]+$/))
    await mustShow(
      caseworker,
      caseworker.send(link, { svar: 'intern', forklaring: 'Undersøgt; der mangler ikke noget.' }),
    );
  if (unknown.length > 0)
    bar.finish('Sagsindekset kendte et system, som ingen havde søgt i; en sagsbehandler har søgt dér i hånden.');
}

async function attest(caseworker: Browser, source: string, redegoerelse: string): Promise<void> {
  await mustShow(caseworker, caseworker.send(`${source}manuel-soegning`, { redegoerelse }));
}

async function mustShow(browser: Browser, status: Promise<number>): Promise<void> {
  const answered = await status;
  if (answered >= 400)
    throw new Error(
      `The search could not be answered for: the page answered ${answered} and says: ${browser.text().slice(0, 800)}`,
    );
}
