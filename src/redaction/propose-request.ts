import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PageText, PartyRegister, Span } from '../contracts';
import { DocumentRow } from '../gathering/document.entity';
import { documentFacts, type DocumentFacts } from '../gathering/duplicates/compared-documents';
import { relateDocuments, type DocumentRelation } from '../gathering/duplicates/relate-documents';
import { readingOf } from '../gathering/file-reading';
import { FileRow } from '../gathering/file.entity';
import { numberDocuments, type NumberedDocument } from '../gathering/number-documents';
import { RecordsCaseRow } from '../gathering/records-case.entity';
import { Register } from '../gathering/register';
import {
  isSentInBy,
  joinPersons,
  readRequest,
  type JoinedPerson,
  type JoinedRequest,
  TransformerNameModel,
  withModelNames,
} from '../personal-data';
import { Clock } from '../platform/clock';
import { Database } from '../platform/database/database';
import { KeyRing } from '../platform/keys/authority-keys';
import { Settings } from '../platform/settings';
import { Vault } from '../platform/vault/vault';
import { AccessRequest } from '../requests/request.entity';
import { misfilingFinding, type CheckedDocument } from './checks/misfiling';
import { proposalsOfFile, type NewProposal, type NewQuietFinding } from './proposals-of-file';
import { occurrencesElsewhere } from './same-text';
import { signsOfCases, type CaseSigns, type DocumentOfCase } from './signs-of-cases';

export type { NewProposal, ProposalText } from './proposals-of-file';

export interface ProposedFile {
  fileId: string;
  proposalsKey: string;
  proposals: NewProposal[];
  quiet: NewQuietFinding[];
}

export interface ProposedRequest {
  numbered: NumberedDocument[];
  files: ProposedFile[];
  findings: { documentId: string; finding: string }[];
  /** Everybody whom the request speaks of; who is in the register is stored already. */
  persons: JoinedPerson[];
  /** Documents that the requester has sent in. */
  sentIn: string[];
  /** What speaks for keeping quiet that a case exists. */
  signs: CaseSigns[];
  /** Copies, versions and quoted mails. */
  relations: DocumentRelation[];
}

interface LoadedRequest {
  files: FileRow[];
  register: PartyRegister;
  numbered: NumberedDocument[];
  incoming: Set<string>;
  /** Documents that came with another. */
  attachments: Set<string>;
  caseNumbers: string[];
  /** The case that each document is filed on. */
  caseOf: Map<string, string>;
  facts: DocumentFacts[];
}

interface ReadFile {
  file: FileRow;
  pages: PageText[];
}

/** Reads the whole request at once, since whose a fact is shows only from the whole. */
@Injectable()
export class ProposeRequest {
  private model: Promise<TransformerNameModel> | null = null;

  constructor(
    private readonly database: Database,
    private readonly register: Register,
    private readonly vault: Vault,
    private readonly keyRing: KeyRing,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  async run(request: AccessRequest): Promise<ProposedRequest> {
    const loaded = await this.load(request);
    const { files, register, numbered, incoming, caseOf } = loaded;
    const read: ReadFile[] = [];
    for (const file of files) read.push({ file, pages: await this.pagesOf(file) });
    const texts = read.flatMap(({ file, pages }) =>
      pages.map((page) => ({ id: `${file.id}:${page.index}`, text: page.text, words: page.words })),
    );
    const found = joinPersons(texts, readRequest(texts, register), register);
    const { spans } = found;
    await this.addModelNames(texts, spans);
    const sentIn = sentInDocuments(read, spans, register, incoming);
    for (const [id, more] of occurrencesElsewhere(texts, spans)) spans.set(id, [...(spans.get(id) ?? []), ...more]);
    const proposed: ProposedFile[] = [];
    for (const each of read) proposed.push(await this.propose(each, found, sentIn.has(each.file.documentId)));
    return {
      numbered,
      files: proposed,
      findings: findingsOf(read, spans, loaded),
      persons: found.persons,
      sentIn: [...sentIn],
      signs: signsOfCases(unknownToRequester(read, sentIn, caseOf), this.clock.now()),
      relations: relationsIn(read, loaded, sentIn),
    };
  }

  /** The optional language model, opened once; a fault in its files stops the proposing with a sentence that says which. */
  private async addModelNames(texts: { id: string; text: string }[], spans: Map<string, Span[]>): Promise<void> {
    const folder = this.settings.LANGUAGE_MODEL_FOLDER;
    if (!folder) return;
    this.model ??= TransformerNameModel.open(folder);
    const model = await this.model;
    for (const { id, text } of texts) spans.set(id, withModelNames(spans.get(id) ?? [], await model.namesIn(text)));
  }

  private async load(request: AccessRequest): Promise<LoadedRequest> {
    const keys = await this.keyRing.of(request.authorityId);
    return this.database.inAuthority(request.authorityId, async (entities: EntityManager) => {
      const numbered = await numberDocuments(entities, request.id);
      const files = await entities.findBy(FileRow, { requestId: request.id, state: 'converted' });
      const documents = await entities.findBy(DocumentRow, { requestId: request.id });
      const cases = await entities.findBy(RecordsCaseRow, { requestId: request.id });
      return {
        files: inOrderOfDocuments(files, numbered),
        register: await this.register.of(entities, request.authorityId, request.id),
        numbered,
        incoming: new Set(documents.filter(({ direction }) => direction === 'ind').map(({ id }) => id)),
        attachments: new Set(documents.filter(({ parentId }) => parentId !== null).map(({ id }) => id)),
        facts: await documentFacts(entities, request.id),
        caseOf: new Map(documents.map(({ id, recordsCaseId }) => [id, recordsCaseId])),
        caseNumbers: cases.flatMap(({ numberSealed }) =>
          numberSealed ? [keys.unseal('records_case.number', numberSealed)] : [],
        ),
      };
    });
  }

  private pagesOf(file: FileRow): Promise<PageText[]> {
    return this.vault.readJson<PageText[]>(
      file.authorityId,
      file.wordsKey as string,
      readingOf(file, 'Proposals are made for the whole request.'),
    );
  }

  private async propose({ file, pages }: ReadFile, found: JoinedRequest, isSentIn: boolean): Promise<ProposedFile> {
    const keys = await this.keyRing.of(file.authorityId);
    const access = new Map(found.persons.map((person) => [person.id, person.access]));
    const { proposals, quiet, texts } = proposalsOfFile({
      fileId: file.id,
      pages,
      spansOn: (page) => found.spans.get(`${file.id}:${page}`) ?? [],
      quietOn: (page) => found.quiet.get(`${file.id}:${page}`) ?? [],
      accessOf: (person) => access.get(person ?? '') ?? null,
      isSentIn,
      fingerprint: (words) => keys.identity(words),
    });
    const stored = await this.vault.putJson(file.authorityId, texts);
    return { fileId: file.id, proposalsKey: stored.address, proposals, quiet };
  }
}

/** What one page tells counts on the next: the same file is read in the same order, whatever ids its rows have. */
function inOrderOfDocuments(files: FileRow[], numbered: NumberedDocument[]): FileRow[] {
  const numbers = new Map(numbered.map(({ id, number }) => [id, number]));
  const numberOf = (file: FileRow): number => numbers.get(file.documentId) ?? 0;
  return [...files].sort((a, b) => numberOf(a) - numberOf(b) || a.position - b.position);
}

function sentInDocuments(
  read: ReadFile[],
  found: Map<string, Span[]>,
  register: PartyRegister,
  incoming: Set<string>,
): Set<string> {
  const sentIn = read.filter(({ file, pages }) => {
    if (!incoming.has(file.documentId)) return false;
    return isSentInBy(
      pages.map(({ index, text }) => ({ text, spans: found.get(`${file.id}:${index}`) ?? [] })),
      register,
    );
  });
  return new Set(sentIn.map(({ file }) => file.documentId));
}

/** Each document's text; what the requester has sent in tells nothing that he or she does not know. */
function unknownToRequester(read: ReadFile[], sentIn: Set<string>, caseOf: Map<string, string>): DocumentOfCase[] {
  const unknown = textsOfDocuments(read.filter(({ file: { documentId } }) => !sentIn.has(documentId)));
  return [...unknown].map(([id, text]) => ({ id, recordsCaseId: caseOf.get(id) as string, text }));
}

function textsOfDocuments(read: ReadFile[]): Map<string, string> {
  const pagesOf = new Map<string, string[]>();
  for (const { file, pages } of read)
    pagesOf.set(file.documentId, [...(pagesOf.get(file.documentId) ?? []), ...pages.map(({ text }) => text)]);
  return new Map([...pagesOf].map(([id, pages]) => [id, pages.join('\n')]));
}

function relationsIn(read: ReadFile[], { facts, numbered }: LoadedRequest, sentIn: Set<string>): DocumentRelation[] {
  const numbers = new Map(numbered.map(({ id, number }) => [id, number]));
  const texts = textsOfDocuments(read);
  return relateDocuments(
    facts.map((each) => ({
      ...each,
      number: numbers.get(each.id) ?? 0,
      isSentIn: sentIn.has(each.id),
      text: texts.get(each.id) ?? '',
    })),
  );
}

function findingsOf(
  read: ReadFile[],
  found: Map<string, Span[]>,
  { register, attachments, caseNumbers }: LoadedRequest,
): ProposedRequest['findings'] {
  const byDocument = new Map<string, CheckedDocument>();
  for (const { file, pages } of read) {
    const document = byDocument.get(file.documentId) ?? { pages: [], isAttachment: attachments.has(file.documentId) };
    for (const { index, text } of pages) document.pages.push({ text, spans: found.get(`${file.id}:${index}`) ?? [] });
    byDocument.set(file.documentId, document);
  }
  return [...byDocument].flatMap(([documentId, document]) => {
    const finding = misfilingFinding(document, register, caseNumbers);
    return finding ? [{ documentId, finding }] : [];
  });
}

/** Kept beside the job so that the row types stay together. */
export async function applyNumbers(entities: EntityManager, numbered: NumberedDocument[]): Promise<void> {
  for (const { id, number } of numbered) await entities.update(DocumentRow, { id }, { position: number });
}
