import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import { AppModule } from '../../src/app.module';
import type { RecordsParty } from '../../src/contracts';
import { Database } from '../../src/platform/database/database';
import { loadSettings } from '../../src/platform/settings';
import { Vault } from '../../src/platform/vault/vault';
import { FileRow } from '../../src/gathering/file.entity';
import type { ProposalText } from '../../src/redaction/propose-request';
import { Proposal } from '../../src/redaction/proposal.entity';
import { fileRequest, type FiledCase } from '../../src/sandbox/demo/filed-request';
import type { AccessRequest } from '../../src/requests/request.entity';
import { WorkerModule } from '../../src/worker.module';
import { TestTown } from '../support/test-town';

const MOTHER = { name: 'Mona Fristrup', cpr: '120380-1236' };
const FATHER = { name: 'Anders Kjelstrup', cpr: '030561-4437' };
const CHILD: RecordsParty = { role: 'other', roleText: 'child, custody', name: 'Villads Fristrup', cpr: '110415-1233' };
const PAGES = [
  'Mona Fristrup ringede i dag. Hun er i behandling for en depression.',
  'Anders Kjelstrup mødte til samtalen. Han er i behandling for alkoholmisbrug. Villads Fristrup trives i skolen.',
];

function asked(by: typeof MOTHER, other: typeof MOTHER, more: Partial<FiledCase> = {}): FiledCase {
  const parent: RecordsParty = { role: 'other', roleText: 'former spouse', name: other.name, cpr: other.cpr };
  return { requester: by, parties: [parent, CHILD], documents: [{ title: 'Notat', pages: PAGES }], ...more };
}

describe('the same document', () => {
  let place: TestTown;
  let app: INestApplicationContext;
  beforeAll(async () => {
    place = await TestTown.start();
    const settings = loadSettings(place.town.settings);
    app = await NestFactory.createApplicationContext(AppModule.with(settings, [WorkerModule]), { logger: ['error'] });
  });
  afterAll(async () => {
    await app?.close();
    await place?.stop();
  });

  /** Each proposed text with whether it is to go. */
  async function proposed({ id: requestId, authorityId }: AccessRequest): Promise<Map<string, boolean>> {
    const [rows, files] = await app
      .get(Database)
      .inAuthority(
        authorityId,
        async (entities) =>
          [await entities.findBy(Proposal, { requestId }), await entities.findBy(FileRow, { requestId })] as const,
      );
    const texts: Record<string, ProposalText> = {};
    for (const file of files)
      Object.assign(
        texts,
        await app.get(Vault).readJson(authorityId, file.proposalsKey as string, {
          actor: { kind: 'system' },
          action: 'vault.read',
          subject: { kind: 'file', id: file.id },
          reason: 'A test looks at the proposals.',
        }),
      );
    return new Map(rows.map(({ id, redact }) => [texts[id].text, redact]));
  }

  it('asked for by the other parent gives another answer', async () => {
    const toMother = await proposed(await fileRequest(app, place.town.authorityId, asked(MOTHER, FATHER)));
    const toFather = await proposed(await fileRequest(app, place.town.authorityId, asked(FATHER, MOTHER)));
    expect([toMother.get('Mona Fristrup'), toMother.get('Anders Kjelstrup')]).toEqual([false, true]);
    expect([toFather.get('Mona Fristrup'), toFather.get('Anders Kjelstrup')]).toEqual([true, false]);
    expect([toMother.get('Villads Fristrup'), toFather.get('Villads Fristrup')]).toEqual([false, false]);
    const healthOf = (answer: Map<string, boolean>) =>
      [...answer]
        .filter(([text, redact]) => redact && /depression|alkohol/.test(text))
        .map(([text]) => text)
        .join();
    expect(healthOf(toMother)).toMatch(/alkohol/);
    expect(healthOf(toMother)).not.toMatch(/depression/);
    expect(healthOf(toFather)).toMatch(/depression/);
    expect(healthOf(toFather)).not.toMatch(/alkohol/);
  });

  it('sent in by the requester is released, but for what is protected', async () => {
    const letter = 'Jeg er bekymret for Gerda Overmark. Anders Kjelstrup drikker.\n\nVenlig hilsen\nMona Fristrup';
    const notifier: RecordsParty = { role: 'other', roleText: 'notifier', name: 'Gerda Overmark' };
    const filed = (direction: 'ind' | 'ud') =>
      asked(MOTHER, FATHER, {
        parties: [...asked(MOTHER, FATHER).parties, notifier],
        documents: [{ title: 'Brev', direction, pages: [letter] }],
      });
    const sentIn = await proposed(await fileRequest(app, place.town.authorityId, filed('ind')));
    expect([sentIn.get('Anders Kjelstrup'), sentIn.get('Gerda Overmark')]).toEqual([false, true]);
    const sentOut = await proposed(await fileRequest(app, place.town.authorityId, filed('ud')));
    expect(sentOut.get('Anders Kjelstrup')).toBe(true);
  });
});
