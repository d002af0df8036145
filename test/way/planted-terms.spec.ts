import { IsNull } from 'typeorm';
import type { LeakReport } from '../../src/contracts';
import { CloseReview } from '../../src/decisions/close-review';
import { Decision } from '../../src/decisions/decision.entity';
import { NoticeMailRow } from '../../src/delivery/notice-mail.entity';
import { Notices } from '../../src/delivery/notices';
import { PageRow } from '../../src/gathering/page.entity';
import type { Staff } from '../../src/identity/staff.entity';
import { Vault } from '../../src/platform/vault/vault';
import { Redaction } from '../../src/redaction/redaction.entity';
import { RemovedTerms } from '../../src/redaction/removed-terms';
import { Review } from '../../src/redaction/review';
import { AccessRequest } from '../../src/requests/request.entity';
import type { Program } from '../../src/sandbox/demo/program';
import type { Town } from '../../src/sandbox/demo/town';
import { CLARA } from '../../src/sandbox/municipality/citizens';
import type { Carrier } from '../support/carry-request';
import { TestTown } from '../support/test-town';
import { until } from '../support/until';

/** What every file and message says is checked last: so a name that comes in by what is written, not by a document, is stopped too. */
describe('a name that was removed from the documents and comes back in what leaves', () => {
  let place: TestTown;
  let town: Town;
  let carrier: Carrier;
  let caseworker: Staff;
  let worker: Program;
  let id: string;
  let name: string;

  beforeAll(async () => {
    place = await TestTown.start();
    ({ town, carrier } = place);
    caseworker = await carrier.staff('mette', ['sagsbehandler']);
    worker = await town.run('worker');
    ({ id } = await carrier.ask(CLARA, { noticeEmail: 'clara@example.org' }));
    await carrier.waitFor(id, ['review']);
    await carrier.within(async (entities) => {
      const review = carrier.app.get(Review);
      for (const page of await entities.findBy(PageRow, { requestId: id, seenBy: IsNull() }))
        await review.markSeen(entities, id, page.fileId, page.number, caseworker.id);
      await review.followProposals(entities, id, caseworker.id);
    });
    const { inTexts } = await carrier.app.get(RemovedTerms).now(town.authorityId, id);
    name = inTexts.find(({ type }) => type === 'NAME')?.text ?? '';
    expect(name).not.toBe('');
  }, 120_000);
  afterAll(async () => {
    await place?.stop();
  });

  it('is not mailed', async () => {
    await worker.stop();
    await carrier.within(async (entities) => {
      const request = await entities.findOneByOrFail(AccessRequest, { id });
      await carrier.app.get(Notices).announce(entities, request, 'answered');
    });
    const mailed = town.mail.mails().length;
    await town.run('worker', { PUBLIC_URL: `http://127.0.0.1:8080/${name.replace(/\s+/g, '-')}` });
    const mail = await until(
      'the mail is refused',
      () => carrier.within((entities) => entities.findOneByOrFail(NoticeMailRow, { requestId: id, kind: 'answered' })),
      ({ state }) => state !== 'pending',
    );
    expect(mail).toMatchObject({ state: 'failed', sentAt: null });
    expect(mail.errorText).toContain('removed from the documents');
    expect(town.mail.mails()).toHaveLength(mailed);
  });

  it('stops letter, aktliste, package, both reading versions, the pages’ data and the manifest, each by its own report', async () => {
    await withNumber(name, async () => {
      await close(`der er lagt vægt på hensynet til ${name}`);
      await carrier.waitFor(id, ['stopped']);
    });
    expect((await failedFiles()).sort()).toEqual([
      'afgoerelse.pdf',
      'aktindsigt.pdf',
      'aktliste.pdf',
      'laeseudgave.html',
      'laeseudgave.pdf',
      'manifest.json',
      'svar.json',
    ]);
    const { attention } = await carrier.request(id);
    expect(attention).toContain('Åbn gennemgangen igen, og fjern det.');
    expect(attention).not.toContain(name);
    await expect(sign()).rejects.toThrow();
  }, 180_000);

  it('stops what is made after the approval, so that no message leaves, and staff are told', async () => {
    await carrier.within(async (entities) => {
      await entities.delete(NoticeMailRow, { requestId: id, kind: 'answered' });
      await carrier.app.get(CloseReview).reopen(entities, id, caseworker.id);
    });
    await close('Hensynet til andres private forhold vejer tungest.');
    await carrier.waitFor(id, ['ready']);
    const before = (await town.digitalPost.control.messages()).length;
    await withNumber(name, async () => {
      await sign();
      await carrier.waitFor(id, ['undeliverable']);
    });
    const { attention } = await carrier.request(id);
    expect(attention).toContain('The certificate would hold something that was removed');
    expect(attention).not.toContain(name);
    expect(await town.digitalPost.control.messages()).toHaveLength(before);
  }, 180_000);

  /** The request's number stands in everything: the same as if somebody had written the person's name into each file. */
  async function withNumber(planted: string, work: () => Promise<void>): Promise<void> {
    const { number: own } = await carrier.request(id);
    const renumber = (number: string) =>
      carrier.within((entities) => entities.update(AccessRequest, { id }, { number }));
    await renumber(planted);
    try {
      await work();
    } finally {
      await renumber(own);
    }
  }

  async function close(consideration: string): Promise<void> {
    await carrier.within(async (entities) => {
      const removed = await entities.findBy(Redaction, { requestId: id, decision: 'remove' });
      const considerations = Object.fromEntries(removed.map(({ groundId }) => [groundId as string, consideration]));
      await carrier.app.get(CloseReview).close(entities, id, caseworker.id, considerations);
    });
  }

  async function latest(): Promise<Decision> {
    const { reviewRound: round } = await carrier.request(id);
    return carrier.within((entities) => entities.findOneByOrFail(Decision, { requestId: id, round }));
  }

  async function failedFiles(): Promise<string[]> {
    const { authorityId, reportKey } = await latest();
    const reports = await carrier.app
      .get(Vault)
      .readJson<{ name: string; report: LeakReport }[]>(authorityId, reportKey as string, {
        actor: { kind: 'system' },
        action: 'vault.read',
        subject: { kind: 'decision', id },
        reason: 'A test looks at what was stopped.',
      });
    expect(reports.length).toBeGreaterThan(6);
    expect(JSON.stringify(reports)).not.toContain(name);
    return reports.filter(({ report }) => report.verdict === 'fail').map((each) => each.name);
  }

  async function sign(): Promise<void> {
    await carrier.sign(id, await carrier.staff('jens', ['godkender']));
  }
});
