import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { waitFor } from '../../src/sandbox/demo/sample-request';
import { BAD_FILES, badFile } from '../../src/sandbox/municipality';
import type { WatchedBrowser } from '../support/watched-browser';
import { NO_GOOD, WatchedTown, type AskedByPages } from '../support/watched-town';

const ALWAYS = 1_000_000;
const LIMIT_MS = 60_000;
const STATEMENT = 'Søgt i SBSYS på navn og nummer den 20. november. Der var ingen sager.';
const FAILED = /Søg igen, eller søg i hånden/;

describe('bad input from records systems', () => {
  const hits: string[] = [];
  let listener: Server;
  let watched: WatchedTown;
  let mette: WatchedBrowser;
  const callsHomePort = () => (listener.address() as AddressInfo).port;

  beforeAll(async () => {
    listener = createServer((request, response) => {
      hits.push(request.url ?? '');
      response.end();
    });
    await new Promise<void>((done) => listener.listen(0, '127.0.0.1', done));
    watched = await WatchedTown.start({
      callsHomePort: callsHomePort(),
      sbsys: { retries: 0 },
      settings: { QUEUE_RETRY_MS: '20' },
    });
    mette = await watched.employee('mette');
  });
  afterAll(async () => {
    await watched?.stop();
    await new Promise((done) => listener.close(done));
  });

  describe('files that cannot be used as they are', () => {
    let bo: AskedByPages;
    const reviewOf = (title: string) => {
      const [, href] = new RegExp(`<a href="([^"]+)">${title}</a>`).exec(mette.page) ?? [];
      return href;
    };

    beforeAll(async () => {
      bo = await watched.ask('bo');
      await watched.carrier.waitFor(bo.id, ['review']);
    });
    beforeEach(() => mette.open(bo.casework));

    it.each([
      ['damaged', 'Bilag 1', 'Beskadiget. Filen er beskadiget og kan ikke åbnes. Hent den igen fra kildesystemet'],
      ['locked with a password', 'Bilag 2', 'Kræver adgangskode. Filen er låst med en adgangskode. Find adgangskoden'],
      ['of 0 bytes', 'Bilag 4', 'Tom fil. Filen er tom: den fylder 0 byte eller har intet indhold. Undersøg i kilde'],
      [
        'of an unknown format',
        'Bilag 5',
        'Ukendt format. Filens format kan ikke omdannes her. Åbn filen i det program',
      ],
    ])('a file that is %s is listed with the reason and what to do', async (_what, title, sentence) => {
      expect(mette.part('tr', title)).toContain(sentence);
      expect(mette.part('tr', title)).toContain('Kan ikke åbnes');
      expect(await mette.open(reviewOf(title))).toBe(200);
      expect(mette.text()).toContain('Kan filen ikke skaffes, så tag stilling til hele dokumentet');
    });

    it('a PDF with nothing but an owner password is processed like any other', () => {
      expect(mette.part('tr', 'Bilag 3')).toMatch(/ 2 Uafklaret/);
      expect(mette.part('tr', 'Bilag 3')).not.toMatch(/kan ikke åbnes|adgangskode/i);
    });

    it('a document that calls home becomes pages, and its call is never made', async () => {
      expect(badFile(BAD_FILES.callsHome, callsHomePort()).toString()).toContain(`127.0.0.1:${callsHomePort()}/`);
      expect(mette.part('tr', 'Bilag 6')).toMatch(/ 1 (Uafklaret|Afklaret)/);
      expect(hits).toEqual([]);
      await fetch(`http://127.0.0.1:${callsHomePort()}/the-listener-hears`);
      expect(hits.splice(0)).toEqual(['/the-listener-hears']);
    });

    it('the accounts balance: every listed document has its line', () => {
      expect(mette.text()).toMatch(/Regnskabet stemmer(?! ikke)/);
      expect(mette.text()).toContain('4 dokumenter kan ikke åbnes. Skaf en fil, der kan');
    });

    it('the citizen reads that the request goes on', async () => {
      await bo.person.open(bo.own);
      expect(bo.person.text()).toContain('En sagsbehandler gennemgår dokumenterne.');
    });

    it('no package is made before somebody decided on them', async () => {
      expect(await mette.send(`${bo.casework}/alle`)).toBe(200);
      await mette.open(`${bo.casework}/afgoerelse`);
      expect(mette.text()).toContain('4 filer kunne ikke åbnes. Tag stilling til dokumenterne.');
      expect(await closeReview(bo)).toBe(409);
      expect(mette.text()).toContain('4 filer kunne ikke åbnes. Tag stilling til dokumenterne.');
      expect((await watched.carrier.request(bo.id)).state).toBe('review');
    });

    it('once they are decided, the rest is made ready to be approved', async () => {
      for (const title of ['Bilag 1', 'Bilag 2', 'Bilag 4', 'Bilag 5']) {
        await mette.open(bo.casework);
        const review = reviewOf(title);
        await mette.open(review);
        const whole = { udfald: 'udelad', hjemmel: 'FVL-15B-5', begrundelse: 'Filen kan ikke åbnes og vurderes.' };
        expect(await mette.send(review.replace(/\/1$/, '/hele'), { ...whole, side: '1' })).toBe(200);
      }
      await mette.open(`${bo.casework}/afgoerelse`);
      expect(await closeReview(bo)).toBe(200);
      await watched.carrier.waitFor(bo.id, ['ready']);
      await mette.open(bo.casework);
      expect(mette.part('tr', 'Bilag 1')).toContain('Udeladt');
      expect(mette.part('tr', 'Bilag 3')).not.toContain('Udeladt');
    });

    async function closeReview({ casework }: AskedByPages): Promise<number> {
      const fields = [...mette.page.matchAll(/name="(hensyn_[^"]+)"/g)].map(([, name]): [string, string] => [
        name,
        'oplysningerne er private forhold om andre',
      ]);
      return mette.send(`${casework}/afgoerelse`, [...fields, ['handling', 'dan-pakke']]);
    }
  });

  describe('a records system that answers with an error', () => {
    let clara: AskedByPages;
    const runPath = (act: string) => mette.links(new RegExp(`/kilder/[0-9a-f-]+/${act}$`))[0];

    beforeAll(async () => {
      watched.town.sbsys.fault({ route: 'search', kind: '500', times: ALWAYS });
      clara = await watched.ask('clara');
      await waitFor(mette, clara.casework, FAILED, LIMIT_MS);
    });
    beforeEach(() => mette.open(clara.casework));
    afterAll(() => watched.town.sbsys.clear());

    it('is shown to the caseworker with the cause and what can be done', () => {
      expect(mette.part('li', 'vores sagssystem (SBSYS)')).toContain(
        'Systemet er ude af drift eller kan ikke nås. (Fejlkode HTTP 500.) Søg igen, eller søg i hånden, og skriv, hvad søgningen gav.',
      );
      expect(mette.part('li', 'vores sagssystem (SBSYS)')).toContain('Svarer ikke');
      expect(mette.text()).toContain('Næste skridt Vi kunne ikke hente alt fra vores sagssystem (SBSYS).');
      expect(mette.text()).toContain('Gøres op, når alle kilder har svaret');
    });

    it('is told to the citizen, and that somebody looks at it', async () => {
      await clara.person.open(clara.own);
      expect(clara.person.text()).toContain('Et af vores systemer (vores sagssystem (SBSYS)) svarer ikke.');
      expect(clara.person.text()).toContain('Systemet svarer ikke lige nu. En medarbejder har fået besked');
      await clara.person.open('/mine-sager');
      expect(clara.person.text()).toContain('Vi kan ikke vise alt lige nu: vores sagssystem (SBSYS)');
    });

    it('is tried again, and fails again, when the caseworker asks while it is still out of order', async () => {
      const before = watched.town.sbsys.requests.length;
      expect(await mette.send(runPath('proev-igen'))).toBe(200);
      await waitFor(mette, clara.casework, FAILED, LIMIT_MS);
      expect(watched.town.sbsys.requests.length).toBeGreaterThan(before);
    });

    it('is read whole when it answers again', async () => {
      watched.town.sbsys.clear();
      expect(await mette.send(runPath('proev-igen'))).toBe(200);
      await watched.carrier.waitFor(clara.id, ['review']);
      await mette.open(clara.casework);
      expect(mette.text()).toContain('Ansøgning om parkeringskort');
      expect(mette.text()).not.toMatch(FAILED);
      await clara.person.open(clara.own);
      expect(clara.person.text()).not.toContain('Systemet svarer ikke lige nu');
    });
  });

  describe('a records system that answers with a web page and status 200', () => {
    let dagmar: AskedByPages;
    const attest = () => mette.links(/\/kilder\/[0-9a-f-]+\/manuel-soegning$/)[0];

    beforeAll(async () => {
      watched.town.sbsys.fault({ route: 'search', kind: 'html200', times: ALWAYS });
      dagmar = await watched.ask('dagmar');
      await waitFor(mette, dagmar.casework, FAILED, LIMIT_MS);
    });
    beforeEach(() => mette.open(dagmar.casework));
    afterAll(() => watched.town.sbsys.clear());

    it('is a fault with its cause on the request, and never an empty answer', async () => {
      expect(mette.part('li', 'vores sagssystem (SBSYS)')).toContain(
        'Systemet svarede med noget andet end de data, vi bad om, for eksempel en fejlside.',
      );
      expect((await watched.carrier.request(dagmar.id)).state).toBe('gathering');
    });

    it('a manual search without a word on what it gave is refused on the same page', async () => {
      expect(await mette.send(attest(), { redegoerelse: 'Nej' })).toBe(409);
      expect(mette.text()).toContain('Skriv, hvad den manuelle søgning gav');
      expect((await watched.carrier.request(dagmar.id)).state).toBe('gathering');
    });

    it('a manual search that is accounted for lets the request go on', async () => {
      expect(await mette.send(attest(), { redegoerelse: STATEMENT })).toBe(200);
      await watched.carrier.waitFor(dagmar.id, ['review']);
      await mette.open(dagmar.casework);
      expect(mette.text()).toContain(`Redegørelse: ${STATEMENT}`);
      expect(mette.text()).not.toMatch(FAILED);
    });
  });

  describe('a records system that breaks down half-way', () => {
    let clara: AskedByPages;

    beforeAll(async () => {
      watched.town.sbsys.fault({ route: 'file', kind: '503', times: ALWAYS, after: 2 });
      clara = await watched.ask('clara');
      await waitFor(mette, clara.casework, FAILED, LIMIT_MS);
      watched.town.sbsys.clear();
    });

    it('loses nothing that it listed when a manual search takes its place', async () => {
      const [attest] = mette.links(/\/kilder\/[0-9a-f-]+\/manuel-soegning$/);
      expect(await mette.send(attest, { redegoerelse: 'Søgt i SBSYS. Resten af sagen er hentet og lagt på.' })).toBe(
        200,
      );
      await watched.carrier.waitFor(clara.id, ['review']);
      await mette.open(clara.casework);
      const documents = mette.page.split('<tr').filter((row) => row.includes('/gennemgang/'));
      const missing = documents.filter((row) => row.includes('Ikke hentet. Fagsystemet gav ikke filen.'));
      expect(missing.length).toBeGreaterThan(0);
      expect(missing.length).toBeLessThan(documents.length);
      expect(mette.text()).toMatch(/Regnskabet stemmer(?! ikke)/);
    });
  });

  it('left no CPR number and no stack trace on any page or in the log', () => {
    expect(watched.pagesSeen).toBeGreaterThan(40);
    expect(watched.program.log).toContain('Starting Nest application');
    expect(watched.program.log).toContain('a file could not be read (damaged)');
    expect(watched.leaks(NO_GOOD)).toHaveLength(NO_GOOD.length);
    expect(watched.leaks()).toEqual([]);
  });
});
