import { CookieJar, fetchAsBrowser, logInByFetch } from '../../src/sandbox/login';
import type { WatchedBrowser } from '../support/watched-browser';
import { NO_GOOD, WatchedTown, type AskedByPages } from '../support/watched-town';

const NOWHERE = '00000000-0000-4000-8000-000000000000';
const NOT_FOUND = 'Siden findes ikke';
const BAD_REQUEST = 'Vi kunne ikke forstå det, du sendte';
const FOR_STAFF = 'Siden er for kommunens medarbejdere';
const FOR_CITIZENS = 'Siden er for borgere';

describe('visits that are turned away', () => {
  let watched: WatchedTown;
  let clara: AskedByPages;
  let dagmar: WatchedBrowser;
  let mette: WatchedBrowser;

  beforeAll(async () => {
    watched = await WatchedTown.start();
    clara = await watched.ask('clara');
    await watched.carrier.waitFor(clara.id, ['review']);
    dagmar = await watched.citizen('dagmar');
    mette = await watched.employee('mette');
  });
  afterAll(() => watched?.stop());

  it.each([
    ['at too low a level of assurance', 'ida-lav', 'Log ind med MitID på niveauet »Betydelig« eller »Høj«.'],
    ['with MitID Erhverv', 'erhverv', 'Log ind med dit private MitID for at se dine egne oplysninger.'],
  ])('a login %s is refused with what to do, and nobody is logged in', async (_how, login, sentence) => {
    const visitor = watched.browser();
    expect(await visitor.logIn('/log-ind', login)).toBe(403);
    expect(visitor.text()).toContain(sentence);
    expect(visitor.links(/^\/log-ind$/)).toEqual(['/log-ind']);
    await visitor.open('/mine-sager');
    expect(visitor.text()).not.toContain('Dine sager');
    expect(visitor.text()).toContain('Log ind med MitID');
  });

  it('an employee whose login has expired tries again where employees log in', async () => {
    const visitor = watched.browser();
    expect(await visitor.open('/medarbejder/retur?code=udloebet')).toBe(401);
    expect(visitor.links(/^\/(medarbejder|log-ind)$/)).toEqual(['/medarbejder']);
  });

  it('a request for somebody else is not taken in here; the page says whom to ask', async () => {
    const before = await watched.countRequests();
    await dagmar.open('/anmodning/ny');
    const draft = { trin: 'levering', noegle: dagmar.field('noegle'), omfang: 'hele', paa_vegne_af: 'anden' };
    expect(await dagmar.send('/anmodning/ny', draft)).toBe(403);
    expect(dagmar.text()).toContain('Du kan endnu ikke bede om aktindsigt for en anden her');
    expect(dagmar.text()).toContain(
      'Har du en fuldmagt, eller er du forælder eller værge, så ring eller skriv til os.',
    );
    await dagmar.open('/anmodning/ny');
    expect(await dagmar.send('/anmodning/ny', { ...draft, trin: 'forstaaelse' })).toBe(403);
    expect(await watched.countRequests()).toBe(before);
  });

  it("another citizen's request is answered as one that never was", async () => {
    for (const below of ['', '/svar', '/svar/aktindsigt.pdf', '/forloeb']) {
      expect(await dagmar.open(`${clara.own}${below}`)).toBe(404);
      const theirs = dagmar.text();
      expect(theirs).toContain(NOT_FOUND);
      expect(await dagmar.open(`/anmodninger/${NOWHERE}${below}`)).toBe(404);
      expect(dagmar.text()).toBe(theirs);
    }
    await dagmar.open('/anmodning/ny');
    expect(await dagmar.send(`${clara.own}/traek-tilbage`)).toBe(404);
    expect((await watched.carrier.request(clara.id)).state).toBe('review');
  });

  it.each(['/sagsbehandling', '/arkiv', '/arkiv/log', '/arkiv/leverancer'])(
    'a citizen at %s reads that the page is for employees',
    async (path) => {
      expect(await dagmar.open(path)).toBe(403);
      expect(dagmar.text()).toContain(FOR_STAFF);
      expect(dagmar.links(/^\/mine-sager$/)).toEqual(['/mine-sager']);
    },
  );

  it('a citizen at the casework of his or her own request reads the same', async () => {
    expect(await clara.person.open(clara.casework)).toBe(403);
    expect(clara.person.text()).toContain(FOR_STAFF);
  });

  it.each(['/mine-sager', '/anmodning/ny'])("an employee at %s reads that it is for citizens' own", async (path) => {
    expect(await mette.open(path)).toBe(403);
    expect(mette.text()).toContain(FOR_CITIZENS);
  });

  it("an employee cannot open a citizen's page of a request", async () => {
    expect(await mette.open(clara.own)).toBe(403);
    expect(mette.text()).toContain(FOR_CITIZENS);
  });

  describe('forms', () => {
    const jar = new CookieJar();
    const address = (path: string) => new URL(path, watched.town.publicUrl);
    beforeAll(() => logInByFetch(address('/log-ind'), 'dagmar', jar));

    it.each([
      ['without its hidden token', {}],
      ['with a token that somebody made up', { _csrf: 'abc.def' }],
    ])('a form %s stores nothing and says so', async (_how, token) => {
      const before = await watched.countRequests();
      const body = new URLSearchParams({ trin: 'forstaaelse', noegle: NOWHERE, omfang: 'hele', ...token });
      const { response } = await fetchAsBrowser(address('/anmodning/ny'), jar, { method: 'POST', body });
      expect(response.status).toBe(403);
      expect(await response.text()).toContain('Vi gemte ikke det, du sendte');
      expect(await watched.countRequests()).toBe(before);
    });

    it.each([
      ['JSON that ends too soon', 'application/json', '{"trin":'],
      ['a kind of content that no form sends', 'application/pdf', '%PDF-1.7'],
      ['more than any form holds', 'application/x-www-form-urlencoded', `ordlyd=${'x'.repeat(2 * 1024 * 1024)}`],
    ])('a body of %s is answered with a page', async (_what, type, body) => {
      const headers = { 'content-type': type };
      const { response } = await fetchAsBrowser(address('/anmodning/ny'), jar, { method: 'POST', body, headers });
      expect(response.status).toBe(400);
      expect(await response.text()).toContain(BAD_REQUEST);
    });
  });

  describe('values', () => {
    const period = (fra: string, til: string) => ({ trin: 'omfang', omfang: 'periode', fra, til });

    it.each([
      ['a day that does not exist', period('2026-02-31', '2026-03-01'), 'Skriv den første dag som dag, måned og år.'],
      ['a day in words', period('2026-02-01', 'i går'), 'Skriv den sidste dag som dag, måned og år.'],
      ['a period that ends before it begins', period('2026-03-01', '2026-02-01'), 'Den sidste dag skal være den samme'],
      ['no topic', { trin: 'omfang', omfang: 'emne', emne: ' ' }, 'Skriv, hvad det drejer sig om.'],
      ['nothing chosen', { trin: 'omfang' }, 'Vælg, hvad du vil se.'],
    ])('%s gives the form again with a sentence by the field', async (_what, answers, sentence) => {
      await dagmar.open('/anmodning/ny');
      const noegle = dagmar.field('noegle');
      expect(await dagmar.send('/anmodning/ny', { noegle, ...(answers as Record<string, string>) })).toBe(422);
      expect(dagmar.text()).toContain(sentence);
      expect(dagmar.field('noegle')).toBe(noegle);
    });

    it.each([
      ['a step that the form does not have', { trin: 'slut' }],
      ['a key that is none', { trin: 'omfang', noegle: 'x' }],
      ['a key of nothing but hyphens', { trin: 'forstaaelse', noegle: '-'.repeat(36) }],
      ['the character NUL', { trin: 'forstaaelse', ordlyd: 'før\0efter' }],
    ])('%s is answered with a page that says that nothing was stored', async (_what, answers) => {
      const before = await watched.countRequests();
      await dagmar.open('/anmodning/ny');
      const whole = { noegle: dagmar.field('noegle'), omfang: 'hele', paa_vegne_af: 'mig' };
      expect(await dagmar.send('/anmodning/ny', { ...whole, ...(answers as Record<string, string>) })).toBe(400);
      expect(dagmar.text()).toContain(BAD_REQUEST);
      expect(await watched.countRequests()).toBe(before);
    });

    it.each([
      '/anmodninger/1',
      '/anmodninger/1/svar',
      '/anmodninger/1/forloeb',
      '/findes-ikke',
      '/assets/findes-ikke.css',
    ])('the address %s leads to the page that says that there is none', async (path) => {
      expect(await dagmar.open(path)).toBe(404);
      expect(dagmar.text()).toContain(NOT_FOUND);
    });

    it.each([
      ['/sagsbehandling/1', 404, NOT_FOUND],
      ['/sagsbehandling/1/afgoerelse', 404, NOT_FOUND],
      ['/sagsbehandling/1/gennemgang/2/3', 404, NOT_FOUND],
      ['/sagsbehandling?side=x', 400, BAD_REQUEST],
      ['/sagsbehandling?vis=%00', 400, BAD_REQUEST],
      ['/sagsbehandling/%E0%A4%A', 404, NOT_FOUND],
    ])('an employee at %s gets %i and a page', async (path, status, words) => {
      expect(await mette.open(path)).toBe(status);
      expect(mette.text()).toContain(words);
    });

    it.each([
      ['/dokumenter/1/fund', { svar: 'borgeren' }, 404],
      [`/dokumenter/${NOWHERE}/fund`, { svar: 'borgeren' }, 404],
      [`/dokumenter/${NOWHERE}/fund`, { svar: 'måske' }, 400],
      [`/sager/${NOWHERE}/retsgrundlag`, { retsgrundlag: 'INGEN' }, 400],
      [`/kilder/${NOWHERE}/proev-igen`, {}, 404],
      [`/kilder/${NOWHERE}/manuel-soegning`, { redegoerelse: 'Søgt\0 i hånden, intet fundet.' }, 400],
      ['/godkend', { manifest: 'x', bekraeft: 'ja' }, 400],
    ])('a form to %s with %j is answered with %i and a page', async (path, fields, status) => {
      await mette.open(clara.casework);
      const answered = await mette.send(`${clara.casework}${path}`, fields as unknown as Record<string, string>);
      expect([answered, mette.text()]).toEqual([
        status,
        expect.stringContaining(status === 404 ? NOT_FOUND : BAD_REQUEST),
      ]);
      expect((await watched.carrier.request(clara.id)).state).toBe('review');
    });

    it.each([
      ['log?fra=i-dag', 200, 'Hvem har gjort hvad?'],
      ['log?anmodning=x', 200, 'Hvem har gjort hvad?'],
      ['log?side=-1', 400, BAD_REQUEST],
      ['log?hvem=a&hvem=b', 400, BAD_REQUEST],
      ["leverancer?til=31-12&soeg=%25'--", 200, 'Hvad er sendt til hvem?'],
      ['leverancer?aeldre=1e99&nyere=x', 200, 'Hvad er sendt til hvem?'],
      ['leverancer/1', 404, NOT_FOUND],
      [`leverancer/${NOWHERE}`, 404, NOT_FOUND],
    ])('the records officer at /arkiv/%s gets %i and a page', async (path, status, words) => {
      const lone = await watched.employee('lone');
      await lone.open('/arkiv/log');
      expect(await lone.send('/arkiv/log/begrundelse', { begrundelse: 'stikprøve' })).toBe(200);
      expect(await lone.open(`/arkiv/${path}`)).toBe(status);
      expect(lone.text()).toContain(words);
    });
  });

  it('left no CPR number and no stack trace on any page or in the log', () => {
    expect(watched.pagesSeen).toBeGreaterThan(60);
    expect(watched.program.log).toContain('Starting Nest application');
    expect(watched.program.log).toContain('gathered from one source');
    expect(watched.leaks(NO_GOOD)).toHaveLength(NO_GOOD.length);
    expect(watched.leaks()).toEqual([]);
  });
});
