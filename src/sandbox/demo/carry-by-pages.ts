import { APPROVER, CASEWORKER } from '../municipality/staff';
import { IDA } from '../municipality/citizens';
import { Browser } from './browser';
import type { ProgressBar } from './progress-bar';
import { askForFile, waitFor } from './sample-request';
import { answerForSearch, searchByHand } from './search-by-pages';

const LIMIT_MS = 10 * 60_000;
const ROUNDS = 20;
const WORDING = 'Jeg vil gerne se alt, hvad kommunen har om mig og mine børn.';
const CONSIDERATION = 'oplysningerne er private forhold om andre, som ikke har betydning for afgørelsen af din sag';

/** What the pages showed on the way; everything that is printed at the end comes from here or from the files. */
export interface Carried {
  requestPath: string;
  caseworkPath: string;
}

/** Carries a request from the citizen's login to the mailbox, by the pages alone: what a person would press is pressed. */
export async function carryByPages(home: string, bar: ProgressBar): Promise<Carried> {
  const citizen = new Browser(home);
  await mustShow(citizen.logIn('/log-ind', IDA.login), citizen, 'log in as a citizen');
  bar.finish(`${IDA.name} er logget ind med MitID (testlogin).`);
  const requestPath = await askForFile(citizen, WORDING);
  bar.finish('Hun har bedt om aktindsigt i hele sin sag.');
  const caseworker = new Browser(home);
  await mustShow(caseworker.logIn('/medarbejder', CASEWORKER.login), caseworker, 'log in as a caseworker');
  const caseworkPath = `/sagsbehandling/${requestPath.split('/').at(-1)}`;
  await searchByHand(caseworker, caseworkPath, bar);
  await waitFor(caseworker, caseworkPath, /Klar til gennemgang|Under gennemgang|Gennemgå/, LIMIT_MS, {
    onProgress: () => bar.show('Dokumenter hentes, gøres læsbare og læses …'),
  });
  bar.finish('Dokumenterne er hentet, gjort læsbare og læst; forslagene er dannet.');
  await answerForSearch(caseworker, caseworkPath, bar);
  await review(caseworker, caseworkPath);
  bar.finish(`${CASEWORKER.name} har taget stilling til alle forslag og lukket gennemgangen.`);
  await waitFor(caseworker, caseworkPath, /Venter på godkendelse|Klar til godkendelse/, LIMIT_MS, {
    onProgress: () => bar.show('Oplysninger fjernes, kontrolleres og samles …'),
  });
  bar.finish('Oplysningerne er fjernet, kontrolleret af en anden motor og samlet med brev og aktliste.');
  await approve(home, caseworkPath);
  bar.finish(`${APPROVER.name} har set svaret og trykket »Godkend og send«.`);
  await waitFor(citizen, requestPath, /ligger i din Digital Post|Afgjort og sendt/, LIMIT_MS, {
    onProgress: () => bar.show('Svaret sendes, og kvitteringen ventes …'),
  });
  bar.finish('Digital Post har kvitteret: svaret ligger i hendes postkasse.');
  return { requestPath, caseworkPath };
}

/** Findings first and cases that are proposed hidden, then everything as proposed, then the reasons. */
async function review(caseworker: Browser, path: string): Promise<void> {
  await caseworker.open(path);
  for (const finding of caseworker.links(/\/dokumenter\/[0-9a-f-]+\/fund$/))
    await caseworker.send(finding, { svar: 'udenfor' });
  for (const [, recordsCase] of caseworker.page.matchAll(/id="foreslaas-skjult-([0-9a-f-]+)"/g))
    await caseworker.send(`${path}/sager/${recordsCase}/eksistens`, { svar: 'maa-kendes' });
  await caseworker.open(path);
  await mustShow(caseworker.send(`${path}/alle`), caseworker, 'follow the proposals');
  await settleFindings(caseworker, path);
  await caseworker.open(`${path}/afgoerelse`);
  const fields = [...new Set([...caseworker.page.matchAll(/name="(hensyn_[^"]+)"/g)].map((match) => match[1]))];
  const considerations = fields.map((name): [string, string] => [name, CONSIDERATION]);
  await mustShow(
    caseworker.send(`${path}/afgoerelse`, [...considerations, ['handling', 'dan-pakke']]),
    caseworker,
    'close the review',
  );
}

/** What is removed in one place and seen in another goes there too; what an earlier answer showed stays removed. */
async function settleFindings(caseworker: Browser, path: string): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    await caseworker.open(`${path}/kontrol`);
    const findings = caseworker.links(/\/kontrol\/fund\/[0-9a-f-]+$/);
    if (findings.length === 0) return;
    const answer: Record<string, string> = caseworker.page.includes('value="fjern"')
      ? { svar: 'fjern' }
      : { svar: 'behold', begrundelse: 'Oplysningen handler om en anden.' };
    await mustShow(caseworker.send(findings[0], answer), caseworker, 'settle what hangs together');
  }
}

async function approve(home: string, path: string): Promise<void> {
  const approver = new Browser(home);
  await mustShow(approver.logIn('/medarbejder', APPROVER.login), approver, 'log in as an approver');
  await approver.open(`${path}/godkend`);
  const manifest = approver.field('manifest');
  if (manifest === '')
    throw new Error(`The package cannot be approved. The page says: ${approver.text().slice(0, 1500)}`);
  await mustShow(approver.send(`${path}/godkend`, { manifest, bekraeft: 'ja' }), approver, 'approve and send');
}

async function mustShow(status: Promise<number>, browser: Browser, act: string): Promise<void> {
  const answered = await status;
  if (answered >= 400)
    throw new Error(`Could not ${act}: the page answered ${answered} and says: ${browser.text().slice(0, 1500)}`);
}
