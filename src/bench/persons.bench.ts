import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { EntityManager } from 'typeorm';
import { AppModule } from '../app.module';
import { Staff } from '../identity/staff.entity';
import { Database } from '../platform/database/database';
import { loadSettings } from '../platform/settings';
import { ChangePersons } from '../redaction/persons/change-persons';
import { PersonChoice } from '../redaction/persons/person-choice.entity';
import { Persons } from '../redaction/persons/persons';
import { WordsEverywhere } from '../redaction/persons/words-everywhere';
import { Proposal } from '../redaction/proposal.entity';
import { fileRequest, type FiledCase } from '../sandbox/demo/filed-request';
import { Town } from '../sandbox/demo/town';
import { WorkerModule } from '../worker.module';
import { type Bench, type Figure, median, round, seconds } from './bench';

const DOCUMENTS = 60;
const PAGES_A_DOCUMENT = 5;
const RUNS = 5;
const FIRST = ['Birgit', 'Mona', 'Villads', 'Gerda', 'Torben', 'Lisbet', 'Anders', 'Malene', 'Ulla', 'Preben'];
const LAST = ['Ravn', 'Fristrup', 'Overmark', 'Kjelstrup', 'Tofte', 'Lindholt', 'Vestergård', 'Abildtrup'];

/** A change in the persons panel of a request of 300 pages, on a real PostgreSQL: from the act to what is told of it. */
export const personsBench: Bench = {
  name: 'persons',
  about: `changes persons of a request of ${DOCUMENTS * PAGES_A_DOCUMENT} pages`,
  async *run(): AsyncIterable<Figure> {
    const folder = await mkdtemp(join(tmpdir(), 'aktindsigt-bench-'));
    const town = await Town.start({ folder });
    try {
      const settings = loadSettings(town.settings);
      const app = await NestFactory.createApplicationContext(AppModule.with(settings, [WorkerModule]), {
        logger: ['error'],
      });
      try {
        yield* changes(app, town.authorityId);
      } finally {
        await app.close();
      }
    } finally {
      await town.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function* changes(app: INestApplicationContext, authorityId: string): AsyncIterable<Figure> {
  const within = <T>(work: (entities: EntityManager) => Promise<T>): Promise<T> =>
    app.get(Database).inAuthority(authorityId, work);
  const request = await fileRequest(app, authorityId, madeCase());
  const staff = await within((entities) =>
    entities.save(entities.create(Staff, { authorityId, subject: 'bench', name: 'bench', roles: ['sagsbehandler'] })),
  );
  const { persons } = await within((entities) => app.get(Persons).judged(entities, authorityId, request.id));
  const [one, other] = [...persons.values()].filter(({ origin }) => origin === 'text').map(({ key }) => key);
  const proposals = await within((entities) => entities.countBy(Proposal, { requestId: request.id }));
  const changesOf = app.get(ChangePersons);
  const part = { role: 'underretter', access: 'protected' as const };
  const everywhere = { decision: 'remove' as const, groundId: null };
  const acts: [string, () => Promise<unknown>][] = [
    ['change of role', () => within((e) => changesOf.part(e, request.id, staff.id, one, part))],
    [
      'removal of a person everywhere',
      () => within((e) => changesOf.everywhere(e, request.id, staff.id, one, everywhere)),
    ],
    ['merge of two persons', () => within((e) => changesOf.merge(e, request.id, staff.id, other, one))],
    ['removal of words everywhere', () => wordsEverywhere(app, authorityId, request.id, staff.id)],
  ];
  for (const [what, act] of acts) {
    const times: number[] = [];
    let effect = {};
    for (let run = 0; run < RUNS; run += 1) {
      times.push(await seconds(act));
      effect = await within(async (entities) => {
        const [latest] = await entities.find(PersonChoice, {
          where: { requestId: request.id },
          order: { seq: 'DESC' },
          take: 1,
        });
        return latest.effect;
      });
      await within((entities) => changesOf.undo(entities, request.id, staff.id));
    }
    const detail = {
      pages: DOCUMENTS * PAGES_A_DOCUMENT,
      persons: persons.size,
      proposals,
      runs: RUNS,
      longest: round(Math.max(...times)),
      effect,
    };
    yield { what, value: round(median(times)), unit: 's', detail };
  }
}

async function wordsEverywhere(
  app: INestApplicationContext,
  authorityId: string,
  requestId: string,
  staffId: string,
): Promise<void> {
  const wanted = { words: 'fritidshjemmet', decision: 'remove' as const, type: 'DRAWN' as const, role: '' };
  const found = await app.get(WordsEverywhere).find(authorityId, requestId, { kind: 'staff', id: staffId }, wanted);
  await app
    .get(Database)
    .inAuthority(authorityId, (entities) =>
      app.get(ChangePersons).words(entities, requestId, staffId, found, { decision: 'remove', groundId: null }),
    );
}

/** Ordinary pages of about 2,000 letters, on which people of a case come and go. */
function madeCase(): FiledCase {
  const names = FIRST.flatMap((first) => LAST.map((last) => `${first} ${last}`));
  const nameAt = (place: number): string => names[(place * 7 + (place >> 3)) % names.length];
  const line = (place: number): string =>
    place % 3 === 0
      ? `${nameAt(place)} ringede og fortalte, at ${nameAt(place + 1).split(' ')[0]} var indlagt i uge ${place % 52}.`
      : place % 3 === 1
        ? `På fritidshjemmet talte pædagogen med ${nameAt(place)} om planen for den kommende tid.`
        : 'Familien får støtte i hjemmet, og planen følges op på næste møde med skolen og forvaltningen.';
  return {
    requester: { cpr: '140486-1216', name: 'Ida Bjerre Lindskov' },
    parties: [{ role: 'other', roleText: 'caseworker', name: 'Trine Bech Vestergaard', employee: true }],
    documents: Array.from({ length: DOCUMENTS }, (_d, document) => ({
      title: `Notat ${document + 1}`,
      pages: Array.from({ length: PAGES_A_DOCUMENT }, (_p, page) =>
        Array.from({ length: 24 }, (_l, at) => line((document * PAGES_A_DOCUMENT + page) * 24 + at)).join('\n'),
      ),
    })),
  };
}
