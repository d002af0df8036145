import { randomUUID } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PageText, RecordsParty } from '../../contracts';
import { DocumentRow } from '../../gathering/document.entity';
import { FileRow } from '../../gathering/file.entity';
import { PageRow } from '../../gathering/page.entity';
import { RecordsCaseRow } from '../../gathering/records-case.entity';
import { Register } from '../../gathering/register';
import { SourceRow } from '../../gathering/source.entity';
import { SourceRun } from '../../gathering/source-run.entity';
import { People } from '../../identity/people';
import { Database } from '../../platform/database/database';
import { KeyRing } from '../../platform/keys/authority-keys';
import { Vault } from '../../platform/vault/vault';
import { ProposeProcessor } from '../../redaction/propose.processor';
import { AccessRequest } from '../../requests/request.entity';

export interface FiledDocument {
  title: string;
  direction?: 'ind' | 'ud' | 'intern';
  /** The text of each page. */
  pages: string[];
}

/** A request as it stands when every file has been read. */
export interface FiledCase {
  requester: { cpr: string; name: string };
  parties: RecordsParty[];
  /** KLE subject of the case. */
  kle?: string;
  documents: FiledDocument[];
  /** A second case of the same requester, listed before the first. */
  otherCase?: { kle: string; documents: FiledDocument[] };
}

const OWN_CASE = 'egen';
const OTHER_CASE = 'anden';
const LINE_POINTS = 14;
const LETTER_POINTS = 5;
const A4 = { width: 595, height: 842 };

/**
 * Puts a request with given texts where gathering and reading would have left it, and makes its proposals as the worker
 * does. For measurements and tests of what comes after reading.
 * @param app a context with the worker's providers
 */
export async function fileRequest(
  app: INestApplicationContext,
  authorityId: string,
  filed: FiledCase,
): Promise<AccessRequest> {
  const request = await app
    .get(Database)
    .inAuthority(authorityId, (entities) => enter(app, entities, authorityId, filed));
  const { documents, otherCase } = filed;
  for (const [position, document] of documents.entries()) await addDocument(app, request, OWN_CASE, document, position);
  for (const [position, document] of (otherCase?.documents ?? []).entries())
    await addDocument(app, request, OTHER_CASE, document, position);
  const processor = app.get(ProposeProcessor);
  const proposed = await processor.run(request);
  await app.get(Database).inAuthority(authorityId, (entities) => processor.mark(entities, request, proposed));
  return request;
}

async function enter(
  app: INestApplicationContext,
  entities: EntityManager,
  authorityId: string,
  { requester, parties, kle, documents, otherCase }: FiledCase,
): Promise<AccessRequest> {
  const cpr = requester.cpr.replace('-', '');
  const person = await app.get(People).findOrAdd(entities, authorityId, cpr, requester.name);
  const day = '2026-11-20';
  const request = await entities.save(
    entities.create(AccessRequest, {
      authorityId,
      number: randomUUID().slice(0, 8),
      personRefId: person.id,
      state: 'proposing',
      basis: 'FVL_PART',
      scope: { kind: 'whole-file' },
      receivedAt: new Date(`${day}T08:00:00Z`),
      receivedOn: day,
      deadlineOn: '2026-12-01',
      section39On: '2026-12-10',
      gdprDeadlineOn: '2026-12-20',
      reviewRound: 1,
    }),
  );
  const own = { authorityId, requestId: request.id };
  const [source] = await entities.find(SourceRow, { order: { key: 'ASC' } });
  const run = await entities.save(
    entities.create(SourceRun, {
      ...own,
      sourceId: source.id,
      state: 'complete',
      finishedAt: new Date(`${day}T09:00:00Z`),
      cases: otherCase ? 2 : 1,
      documents: documents.length + (otherCase?.documents.length ?? 0),
      files: 0,
    }),
  );
  const keys = await app.get(KeyRing).of(authorityId);
  const cases = [{ id: OWN_CASE, subject: kle }, ...(otherCase ? [{ id: OTHER_CASE, subject: otherCase.kle }] : [])];
  for (const { id, subject } of cases)
    await entities.save(
      entities.create(RecordsCaseRow, {
        ...own,
        sourceRunId: run.id,
        sourceCaseId: id,
        position: id === OTHER_CASE ? 0 : 1,
        titleSealed: keys.seal('records_case.title', `Sag ${id}`),
        kle: subject ?? null,
        basis: 'FVL_PART',
      }),
    );
  const register = app.get(Register);
  await register.addRequester(entities, authorityId, request.id, cpr, requester.name);
  await register.add(entities, authorityId, request.id, parties, { source: source.key, position: 0 });
  return request;
}

async function addDocument(
  app: INestApplicationContext,
  { id: requestId, authorityId }: AccessRequest,
  sourceCaseId: string,
  { title, direction, pages }: FiledDocument,
  position: number,
): Promise<void> {
  const texts = pages.map((text, index) => pageOf(text, index));
  const words = await app.get(Vault).putJson(authorityId, texts);
  const keys = await app.get(KeyRing).of(authorityId);
  const own = { authorityId, requestId };
  await app.get(Database).inAuthority(authorityId, async (entities) => {
    const recordsCase = await entities.findOneByOrFail(RecordsCaseRow, { requestId, sourceCaseId });
    const document = await entities.save(
      entities.create(DocumentRow, {
        ...own,
        recordsCaseId: recordsCase.id,
        sourceDocumentId: `${position}`,
        position,
        kind: 'document',
        titleSealed: keys.seal('document.title', title),
        direction: direction ?? null,
        outcome: 'open',
      }),
    );
    const file = await entities.save(
      entities.create(FileRow, {
        ...own,
        documentId: document.id,
        sourceFileId: '1',
        position: 0,
        nameSealed: keys.seal('file.name', `${title}.pdf`),
        state: 'converted',
        wordsKey: words.address,
        pages: pages.length,
        notes: [],
      }),
    );
    const rows = texts.map(({ index: number }) => ({
      ...own,
      ...A4,
      fileId: file.id,
      number,
      rotation: 0,
      reading: 'text' as const,
    }));
    await entities.insert(PageRow, rows);
  });
}

/** Every word where a typewriter would have put it. */
function pageOf(text: string, index: number): PageText {
  const words: PageText['words'] = [];
  let start = 0;
  for (const [row, line] of text.split('\n').entries()) {
    const top = A4.height - 60 - row * LINE_POINTS;
    for (const match of line.matchAll(/\S+/g)) {
      const left = 60 + match.index * LETTER_POINTS;
      const right = left + match[0].length * LETTER_POINTS;
      const from = start + match.index;
      words.push({ text: match[0], start: from, end: from + match[0].length, box: [left, top, right, top + 11] });
    }
    start += line.length + 1;
  }
  return { index, ...A4, rotation: 0, text, words, reading: 'text' };
}
