import { createHash, randomUUID } from 'node:crypto';
import { Decision } from '../../src/decisions/decision.entity';
import { PackageFile } from '../../src/decisions/package-file.entity';
import { Delivery } from '../../src/delivery/delivery.entity';
import { AuditEntry } from '../../src/platform/audit-log/audit-entry.entity';
import { Browser } from '../../src/sandbox/demo/browser';
import type { Town } from '../../src/sandbox/demo/town';
import { CookieJar, fetchAsBrowser, logInByFetch } from '../../src/sandbox/login';
import { CLARA, DAGMAR } from '../../src/sandbox/municipality/citizens';
import { answeredRequest } from '../support/answered-request';
import type { Carrier } from '../support/carry-request';
import { TestTown } from '../support/test-town';

let place: TestTown;
let town: Town;
let carrier: Carrier;

beforeAll(async () => {
  place = await TestTown.start();
  ({ town, carrier } = place);
  await town.run('all');
});
afterAll(async () => {
  await place?.stop();
});

async function loggedIn(user: string): Promise<Browser> {
  const browser = new Browser(town.publicUrl);
  expect(await browser.logIn('/log-ind', user)).toBe(200);
  return browser;
}

/** Asks for the whole file; answers with the path of the request that the browser was led to. */
async function ask(browser: Browser, noegle = randomUUID()): Promise<string> {
  await browser.open('/anmodning/ny');
  await browser.send('/anmodning/ny', { trin: 'forstaaelse', noegle, omfang: 'hele', leveringsform: 'digital-post' });
  const [path] = browser.links(/^\/anmodninger\/[0-9a-f-]{36}$/);
  return path;
}

describe('the door', () => {
  it('turns a login at too low an assurance level away and says how to log in', async () => {
    const browser = new Browser(town.publicUrl);
    expect(await browser.logIn('/log-ind', 'ida-lav')).toBe(403);
    expect(browser.text()).toContain('Log ind med et højere sikringsniveau');
    expect(await browser.open('/mine-sager')).not.toBe(403);
    expect(browser.text()).not.toContain('Dine sager i');
  });

  it('asks a person with MitID Erhverv for the private MitID', async () => {
    const browser = new Browser(town.publicUrl);
    expect(await browser.logIn('/log-ind', 'erhverv')).toBe(403);
    expect(browser.text()).toContain('Du er logget ind med MitID Erhverv');
  });

  it.each(['/', '/om/persondata', '/was'])('lets everybody read %s', async (path) => {
    expect(await new Browser(town.publicUrl).open(path)).toBe(200);
  });
});

describe('own cases', () => {
  it('are shown by area and subject, without the source’s titles and other persons', async () => {
    const browser = await loggedIn('clara');
    await browser.open('/mine-sager');
    expect(browser.text()).toMatch(/Veje og trafik Parkering .*05\.09\.12-G01-31-25/);
    expect(browser.page).not.toMatch(/Parkeringskort|Holger|110392/);
  });
});

describe('the form', () => {
  it('gives a faulty period back with a sentence by each field and everything that was written', async () => {
    const browser = await loggedIn('dagmar');
    await browser.open('/anmodning/ny');
    const noegle = browser.field('noegle');
    const answers = {
      trin: 'omfang',
      noegle,
      omfang: 'periode',
      fra: '2026-02-30',
      til: '',
      ordlyd: 'Tak for hjælpen',
    };
    expect(await browser.send('/anmodning/ny', answers)).toBe(422);
    expect(browser.page).toContain('id="fra-fejl"');
    expect(browser.page).toContain('id="til-fejl"');
    expect([browser.field('noegle'), browser.field('fra'), browser.field('ordlyd')]).toEqual([
      noegle,
      '2026-02-30',
      'Tak for hjælpen',
    ]);
  });

  it('says that one can only ask for oneself', async () => {
    const browser = await loggedIn('dagmar');
    await browser.open('/anmodning/ny');
    const fields = { trin: 'omfang', noegle: randomUUID(), omfang: 'hele', paa_vegne_af: 'anden' };
    expect(await browser.send('/anmodning/ny', fields)).toBe(403);
    expect(browser.text()).toContain('Du kan endnu ikke bede om aktindsigt for en anden her');
  });

  it('tells how it understands a chosen case, and asks for that', async () => {
    const browser = await loggedIn('clara');
    await browser.open('/mine-sager');
    const [link] = browser.links(/^\/anmodning\/ny\?sag=/);
    await browser.open(link);
    expect(browser.page).toMatch(/name="sager" value="[0-9a-f]{24}" checked/);
    const fields = { noegle: browser.field('noegle'), omfang: 'sager', sager: link.slice(-24), leveringsform: 'brev' };
    await browser.send('/anmodning/ny', { ...fields, trin: 'levering' });
    expect(browser.text()).toContain('Du vil se alle dokumenter i denne sag: Parkering, sag 05.09.12-G01-31-25');
    await browser.send('/anmodning/ny', { ...fields, trin: 'forstaaelse' });
    expect(browser.text()).toMatch(/i de sager .* som du har valgt.*Valgte sager: Parkering.*På papir/);
  });

  it('that is sent twice, at once too, is one request', async () => {
    const browser = await loggedIn('dagmar');
    await browser.open('/anmodning/ny');
    const sent = { trin: 'forstaaelse', noegle: browser.field('noegle'), omfang: 'hele' };
    const statuses = await Promise.all([1, 2, 3].map(() => browser.send('/anmodning/ny', sent)));
    expect(statuses).toEqual([200, 200, 200]);
    await browser.open('/mine-sager');
    expect(browser.links(/^\/anmodninger\/[0-9a-f-]{36}$/)).toHaveLength(1);
  });
});

describe('a request', () => {
  it('of another citizen is answered like one that does not exist', async () => {
    const path = await ask(await loggedIn('bo'));
    const other = await loggedIn('dagmar');
    const answers = [];
    for (const each of [path, `${path}/svar`, `/anmodninger/${randomUUID()}`, '/anmodninger/1']) {
      expect(await other.open(each)).toBe(404);
      answers.push(other.text());
    }
    expect(new Set(answers).size).toBe(1);
    expect((await fetch(`${town.publicUrl}${path}/forloeb`, { redirect: 'manual' })).status).toBe(303);
  });

  it('shows neither counts nor results of the search before the decision', async () => {
    const browser = await loggedIn('dagmar');
    const path = await ask(browser);
    const { id } = { id: path.slice(-36) };
    await carrier.waitFor(id, ['review']);
    await browser.open(path);
    expect(browser.text()).toContain('Vores sagssystem (SBSYS)');
    expect(browser.text()).not.toMatch(/ingen sager|intet fundet|\d+ dokument/i);
    expect(await browser.open(`${path}/svar`)).toBe(404);
  });

  it('sends its changes as they happen, and ends the stream when nothing more comes', async () => {
    const jar = new CookieJar();
    await logInByFetch(`${town.publicUrl}/log-ind`, 'bo', jar);
    const browser = await loggedIn('bo');
    const path = await ask(browser);
    const { response } = await fetchAsBrowser(`${town.publicUrl}${path}/forloeb`, jar);
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const events = eventsOf(response);
    expect((await events.next()).value).toMatch(/^event: forloeb\ndata: /);
    await browser.open(path);
    expect(await browser.send(`${path}/traek-tilbage`)).toBe(200);
    let last = '';
    let told = '';
    for await (const event of events) [told, last] = [told + event, event];
    expect(told).toContain('Du har trukket din anmodning tilbage.');
    expect(last).toContain('event: slut');
    await browser.open(path);
    expect(browser.text()).toContain('Trukket tilbage');
    expect(browser.page).not.toContain('data-forloeb');
  });
});

describe('the answer', () => {
  it('goes to nobody’s Digital Post when the citizen asked for paper, and can be fetched on the page', async () => {
    const { id } = await answeredRequest(carrier, DAGMAR, { kind: 'whole-file', delivery: 'letter' });
    const messages = await town.digitalPost.control.messages();
    const delivery = await carrier.within((entities) => entities.findOneByOrFail(Delivery, { requestId: id }));
    expect(delivery.state).toBe('not_registered');
    expect(await carrier.messagesOf(id)).toEqual([]);
    expect(messages.map((message) => message.recipientCpr)).not.toContain(DAGMAR.cpr.replace('-', ''));
    const browser = await loggedIn('dagmar');
    await browser.open(`/anmodninger/${id}`);
    expect(browser.text()).toContain('Du får det på papir med posten');
    expect(browser.text()).not.toContain('kunne ikke leveres');
    await browser.open(`/anmodninger/${id}/svar`);
    expect(browser.text()).toContain('fandt ingen dokumenter');
    expect(browser.links(/\/svar\/.+\.pdf$/).map((link) => link.split('/').at(-1))).toEqual([
      'afgoerelse.pdf',
      'aktliste.pdf',
      'bevis.pdf',
    ]);
  });

  it('is the signed files, byte for byte, with the letter’s reasons, for nobody else; every fetching is logged', async () => {
    const { id } = await answeredRequest(carrier, CLARA);
    const browser = await loggedIn('clara');
    expect(await browser.open(`/anmodninger/${id}/svar`)).toBe(200);
    expect(browser.text()).toMatch(/Ansøgning om parkeringskort/);
    const files = await carrier.within(async (entities) => {
      const decision = await entities.findOneByOrFail(Decision, { requestId: id });
      return entities.find(PackageFile, { where: { decisionId: decision.id }, order: { position: 'ASC' } });
    });
    const links = browser.links(/\/svar\/.+\.(?:pdf|html|json)$/);
    expect(links).toHaveLength(files.length);
    for (const [index, file] of files.entries()) {
      const bytes = await browser.download(links[index]);
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(file.sha256);
    }
    const fetched = await carrier.within((entities) =>
      entities.findBy(AuditEntry, { requestId: id, actorKind: 'citizen', subjectKind: 'package_file' }),
    );
    expect(new Set(fetched.map((entry) => entry.subjectId))).toEqual(new Set(files.map((file) => file.id)));
    const other = await loggedIn('dagmar');
    await expect(other.download(links[0])).rejects.toThrow('404');
    await browser.open(`/anmodninger/${id}`);
    expect(browser.text()).toMatch(/Vi søgte .*1 sag, 4 dokumenter/);
    expect(browser.links(/\/svar$/)).toEqual([`/anmodninger/${id}/svar`]);
  });
});

async function* eventsOf(response: Response): AsyncGenerator<string> {
  let text = '';
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    text += Buffer.from(chunk).toString('utf8');
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const event = text.slice(0, end);
      text = text.slice(end + 2);
      if (!event.startsWith(':')) yield event;
    }
  }
}
