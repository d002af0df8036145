import type { DeliveryMessage } from '../../src/delivery/delivery-message.entity';
import { Delivery } from '../../src/delivery/delivery.entity';
import { PackageFile } from '../../src/decisions/package-file.entity';
import { AuditEntry } from '../../src/platform/audit-log/audit-entry.entity';
import { AuditSealer } from '../../src/platform/audit-log/sealer';
import type { AccessRequest } from '../../src/requests/request.entity';
import { Browser } from '../../src/sandbox/demo/browser';
import type { Town } from '../../src/sandbox/demo/town';
import { CLARA } from '../../src/sandbox/municipality/citizens';
import { hashGroups } from '../../src/web/pages/amounts';
import { asSuperuser } from '../support/as-superuser';
import { answeredRequest } from '../support/answered-request';
import type { Carrier } from '../support/carry-request';
import { TestTown } from '../support/test-town';

let place: TestTown;
let town: Town;
let carrier: Carrier;
let request: AccessRequest;
let delivery: Delivery;
let message: DeliveryMessage;

beforeAll(async () => {
  place = await TestTown.start();
  ({ town, carrier } = place);
  await town.run('all');
  request = await answeredRequest(carrier, CLARA);
  delivery = await carrier.within((entities) => entities.findOneByOrFail(Delivery, { requestId: request.id }));
  [message] = await carrier.messagesOf(request.id);
});
afterAll(async () => {
  await place?.stop();
});

async function staff(user: string): Promise<Browser> {
  const browser = new Browser(town.publicUrl);
  expect(await browser.logIn('/medarbejder', user)).toBe(200);
  return browser;
}

function entries(action: string): Promise<AuditEntry[]> {
  return carrier.within((entities) => entities.find(AuditEntry, { where: { action }, order: { id: 'ASC' } }));
}

describe('the archive', () => {
  it('is where a records officer begins, and says that nothing is wrong', async () => {
    const browser = await staff('lone');
    expect(browser.text()).toMatch(/^Er noget galt\? Nej\./);
    expect(browser.text()).toMatch(/Svar leveret 1/);
  });

  it.each(['/arkiv', '/arkiv/leverancer', '/arkiv/log'])('lets no caseworker into %s', async (path) => {
    const browser = await staff('mette');
    expect(await browser.open(path)).toBe(403);
    expect(browser.text()).toContain('Du har ikke adgang til denne del');
  });

  it('shows a delivery that lacks its receipt', async () => {
    const due = await carrier.within(async (entities) => {
      const overdue = { state: 'submitted' as const, receiptDueAt: new Date('2020-01-01') };
      await entities.update(Delivery, { id: delivery.id }, overdue);
      return delivery.receiptDueAt;
    });
    const browser = await staff('lone');
    expect(browser.text()).toContain('1 mangler kvittering efter den ventede tid');
    expect(browser.links(/status=accepted/)).toHaveLength(1);
    await carrier.within((entities) =>
      entities.update(Delivery, { id: delivery.id }, { state: 'delivered', receiptDueAt: due }),
    );
  });
});

describe('the register of deliveries', () => {
  it.each(['number', 'message UUID'])('finds a delivery by its %s', async (by) => {
    const browser = await staff('lone');
    const wanted = by === 'number' ? request.number : message.messageUuid;
    await browser.open(`/arkiv/leverancer?soeg=${wanted}&status=&fra=&til=`);
    expect(browser.links(/leverancer\/[0-9a-f-]{36}$/)).toEqual([`/arkiv/leverancer/${delivery.id}`]);
    await browser.open(`/arkiv/leverancer?soeg=${wanted}&status=refused&fra=&til=`);
    expect(browser.text()).toContain('Ingen leverancer passer til det, du søger efter.');
    await browser.open('/arkiv/leverancer?soeg=2020-000001');
    expect(browser.links(/leverancer\/[0-9a-f-]{36}$/)).toEqual([]);
  });

  it('finds the deliveries of a citizen by a CPR number that stands in no address and no entry of the log', async () => {
    const browser = await staff('lone');
    await browser.open('/arkiv/leverancer');
    expect(await browser.send('/arkiv/leverancer/borger', { cpr: '1103' })).toBe(422);
    expect(browser.text()).toContain('Skriv hele personnummeret');
    expect(await browser.send('/arkiv/leverancer/borger', { cpr: '010190-0000' })).toBe(422);
    expect(browser.text()).toContain('Ingen borger med det personnummer');
    expect(browser.page).not.toContain('010190');
    expect(await browser.send('/arkiv/leverancer/borger', { cpr: CLARA.cpr })).toBe(200);
    expect(browser.text()).toContain('Viser kun leverancer til Clara Overby Sand');
    expect(browser.links(/leverancer\/[0-9a-f-]{36}$/)).toEqual([`/arkiv/leverancer/${delivery.id}`]);
    expect(browser.page).not.toContain(CLARA.cpr.slice(0, 6));
    const searches = await entries('archive.find-citizen');
    expect(searches.map(({ subjectId }) => subjectId)).toEqual([null, request.personRefId]);
    expect(JSON.stringify(searches)).not.toContain(CLARA.cpr.slice(0, 6));
  });

  it('is narrowed by channel, area and days, and an address that was changed by hand begins at the newest', async () => {
    const browser = await staff('lone');
    const found = async (query: string): Promise<number> => {
      expect(await browser.open(`/arkiv/leverancer?${query}`)).toBe(200);
      return browser.links(/leverancer\/[0-9a-f-]{36}$/).length;
    };
    const [{ areas }]: { areas: string[] }[] = await carrier.within((entities) =>
      entities.query('select areas from delivery where id = $1', [delivery.id]),
    );
    expect(areas.length).toBeGreaterThan(0);
    expect(await found(`omraade=${areas[0]}`)).toBe(1);
    expect(await found('omraade=84')).toBe(0);
    expect(await found('vej=digital-post')).toBe(1);
    expect(await found('vej=manual')).toBe(0);
    expect(await found('til=2020-01-01')).toBe(0);
    expect(await found('fra=2020-01-01')).toBe(1);
    expect(await found('aeldre=noget&omraade=%27&borger=x')).toBe(1);
  });

  it('tells the whole story of one: files, hashes, receipts, journal, and who decided and signed', async () => {
    const browser = await staff('lone');
    expect(await browser.open(`/arkiv/leverancer/${delivery.id}`)).toBe(200);
    const text = browser.text();
    const files = await carrier.within((entities) => entities.findBy(PackageFile, { decisionId: delivery.decisionId }));
    expect(files.length).toBeGreaterThanOrEqual(2);
    for (const file of files) expect(text).toContain(hashGroups(file.sha256));
    expect(text).toContain(hashGroups(message.contentSha256 as string));
    expect(text).toMatch(/Afgjort af mette.* Godkendt af jens/i);
    expect(text).toContain('"receiptStatus":"COMPLETED"');
    expect(text).toMatch(/Anmodningen: journaliseret/);
    expect(text).toMatch(/Modtog anmodning \(Clara Overby Sand\).*Godkendte svaret.*Fik kvittering for levering/);
    expect(browser.page).not.toContain('110392');
  });

  it('answers an unknown delivery with the page for what is not there', async () => {
    const browser = await staff('lone');
    expect(await browser.open(`/arkiv/leverancer/${request.id}`)).toBe(404);
    expect(await browser.open('/arkiv/leverancer/1')).toBe(404);
  });
});

describe('the audit log', () => {
  it('is shown to nobody without a reason; reason and reading are themselves in it', async () => {
    const browser = await staff('lone');
    await browser.open('/arkiv/log');
    expect(browser.text()).toContain('Hvorfor skal du se loggen?');
    expect(browser.text()).not.toContain('Modtog anmodning (');
    expect(browser.page).not.toContain('<tbody>');
    expect(await browser.send('/arkiv/log/begrundelse', { begrundelse: ' ' })).toBe(422);
    expect(await entries('audit.read')).toHaveLength(0);
    expect(await browser.send('/arkiv/log/begrundelse', { begrundelse: 'Klage fra 110392-1414' })).toBe(200);
    expect(browser.page).toContain('<tbody>');
    const [opened] = await entries('audit.open');
    expect(opened.reason).toBe('Klage fra [CPR]');
    const before = await entries('audit.read');
    await browser.open('/arkiv/log');
    expect(await entries('audit.read')).toHaveLength(before.length + 1);
  });

  it('can be narrowed to a person, an act, a request and days', async () => {
    const browser = await staff('lone');
    const found = async (query: string): Promise<string> => {
      expect(await browser.open(`/arkiv/log?${query}`)).toBe(200);
      return /<tbody>[\s\S]*<\/tbody>/.exec(browser.page)?.[0] ?? '';
    };
    expect(await found(`anmodning=${request.number}&handling=request.receive`)).toContain('Clara Overby Sand');
    expect(await found('handling=request.receive')).not.toContain('Åbnede indhold');
    const ofLone = await found('hvem=Lone');
    expect(ofLone).toContain('Lone');
    expect(ofLone).not.toContain('Programmet');
    expect(await found('fra=2020-01-01&til=2020-12-31')).toBe('');
  });

  it('has a seal that is found broken when a sealed entry was changed', async () => {
    const browser = await staff('lone');
    await carrier.app.get(AuditSealer).seal(town.authorityId);
    await browser.open('/arkiv/log');
    await browser.send('/arkiv/log/kontroller');
    expect(browser.text()).toContain('Loggens segl Ubrudt');
    const [received] = await entries('request.receive');
    await asSuperuser(town, (client) =>
      client.query(`update audit_entry set reason = 'Noget andet.' where id = ${received.id}`),
    );
    await browser.send('/arkiv/log/kontroller');
    expect(browser.text()).toContain('Seglet er brudt');
    expect(browser.text()).toContain(`Post ${received.id}`);
    await browser.open('/arkiv');
    expect(browser.text()).toContain('brud på loggens segl');
  });
});
