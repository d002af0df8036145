import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { Decision } from '../../src/decisions/decision.entity';
import { decisionRecord } from '../../src/delivery/decision-record';
import { JournalEntryRow } from '../../src/delivery/journal-entry.entity';
import { validateAgainstSchema } from '../../src/digital-post';
import { officialMemoFolder } from '../../src/digital-post/testing/sample-message';
import { Redaction } from '../../src/redaction/redaction.entity';
import { AccessRequest } from '../../src/requests/request.entity';
import type { Town } from '../../src/sandbox/demo/town';
import { CLARA, HOLGER } from '../../src/sandbox/municipality/citizens';
import type { Carrier } from '../support/carry-request';
import { TestTown } from '../support/test-town';

describe('a request with four documents', () => {
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

  it('goes all the way to the mailbox, once', async () => {
    const caseworker = await carrier.staff('mette', ['sagsbehandler']);
    const approver = await carrier.staff('jens', ['godkender']);
    const asked = await carrier.ask(CLARA, { noticeEmail: 'clara@postfisk.example' });
    await carrier.waitFor(asked.id, ['review']);
    await carrier.review(asked.id, caseworker);
    await carrier.waitFor(asked.id, ['ready']);
    await carrier.sign(asked.id, approver);
    await carrier.waitFor(asked.id, ['delivered']);
    const [message] = await carrier.messagesOf(asked.id);
    const messages = await town.digitalPost.control.messages();
    expect(messages.map((message) => message.messageUUID)).toEqual([message.messageUuid]);
    expect(messages[0].sha256).toBe(message.contentSha256);
    await validates(await carrier.memoOf(message));
    const journal = await carrier.within((entities) =>
      entities.find(JournalEntryRow, { where: { requestId: asked.id }, order: { kind: 'ASC' } }),
    );
    expect(journal.map((entry) => entry.kind)).toEqual(['decision', 'package', 'request']);
    expect(journal.every((entry) => entry.state === 'journalised')).toBe(true);
  });

  it('leaves in the journal what the decision can be rebuilt from, without a word that was removed', async () => {
    const entry = town.sbsys.journalEntries().find(({ kind }) => kind === 'decision');
    const held = entry?.files.find(({ name }) => name === 'afgoerelsens-grundlag.json');
    const { number, requestId, removed } = await carrier.within(async (entities) => {
      const request = await entities.findOneByOrFail(AccessRequest, { state: 'delivered' });
      const passages = await entities.countBy(Redaction, { requestId: request.id, decision: 'remove' });
      return { number: request.number, requestId: request.id, removed: passages };
    });
    const record = await carrier.within(async (entities) =>
      decisionRecord(entities, number, await entities.findOneByOrFail(Decision, { requestId })),
    );
    expect(createHash('sha256').update(record).digest('hex')).toBe(held?.sha256);
    const told = JSON.parse(record.toString()) as {
      documents: { files: { sha256: string; places: { decision: string; ground: string | null }[] }[] }[];
    };
    const files = told.documents.flatMap((document) => document.files);
    expect(files.every(({ sha256 }) => /^[0-9a-f]{64}$/.test(sha256))).toBe(true);
    const places = files.flatMap((file) => file.places).filter(({ decision }) => decision === 'remove');
    expect(places).toHaveLength(removed);
    expect(removed).toBeGreaterThan(0);
    expect(places.every(({ ground }) => ground !== null)).toBe(true);
    for (const word of HOLGER.name.split(' ')) expect(record.toString()).not.toContain(word);
  });

  it('tells the citizen by mail that there is news, and nothing else', async () => {
    const mails = await town.mail.waitForMails(2);
    expect(mails.map((mail) => mail.to)).toEqual([['clara@postfisk.example'], ['clara@postfisk.example']]);
    for (const mail of mails) {
      const text = mail.subject + mail.text;
      expect(text).toContain('Log ind med MitID');
      expect(text).not.toMatch(/Clara|aktindsigt i|parkeringskort|2026-0|\d{6}-?\d{4}/i);
    }
  });
});

/** Against the official schema, which is somebody else's file: where it is not at hand the run says so. */
async function validates(memo: Buffer): Promise<void> {
  const official = officialMemoFolder();
  if (official) expect(await validateAgainstSchema(memo, join(official, 'xsd', 'memo-1.2'))).toEqual([]);
}
