import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PageText, PartyRegister, Span } from '../contracts';
import { DocumentRow } from '../gathering/document.entity';
import { FileRow } from '../gathering/file.entity';
import { numberDocuments, type NumberedDocument } from '../gathering/number-documents';
import { Register } from '../gathering/register';
import { detectInRequest } from '../personal-data';
import { THE_SYSTEM } from '../platform/audit-log/audit-log';
import { Database } from '../platform/database/database';
import { Vault } from '../platform/vault/vault';
import { AccessRequest } from '../requests/request.entity';
import { boxesOfSpan } from './boxes-of-span';
import { misfilingFinding } from './misfiling';
import type { Proposal } from './proposal.entity';
import { occurrencesElsewhere } from './same-text';

export type NewProposal = Omit<Proposal, 'authorityId' | 'requestId'>;

/** What staff read beside a proposal; kept in the vault, since it quotes the file. */
export interface ProposalText {
  text: string;
  reason: string;
}

export interface ProposedFile {
  fileId: string;
  proposalsKey: string;
  proposals: NewProposal[];
}

export interface ProposedRequest {
  numbered: NumberedDocument[];
  files: ProposedFile[];
  findings: { documentId: string; finding: string }[];
}

interface ReadFile {
  file: FileRow;
  pages: PageText[];
}

/** Reads the whole request at once, since whose a fact is shows only from the whole. */
@Injectable()
export class ProposeRequest {
  constructor(
    private readonly database: Database,
    private readonly register: Register,
    private readonly vault: Vault,
  ) {}

  async run(request: AccessRequest): Promise<ProposedRequest> {
    const { files, register, numbered } = await this.load(request);
    const read: ReadFile[] = [];
    for (const file of files) read.push({ file, pages: await this.pagesOf(file) });
    const texts = read.flatMap(({ file, pages }) =>
      pages.map((page) => ({ id: `${file.id}:${page.index}`, text: page.text })),
    );
    const found = detectInRequest(texts, register);
    for (const [id, spans] of occurrencesElsewhere(texts, found)) found.set(id, [...(found.get(id) ?? []), ...spans]);
    const proposed: ProposedFile[] = [];
    for (const each of read) proposed.push(await this.propose(each, found));
    return { numbered, files: proposed, findings: findingsOf(read, found, register) };
  }

  private load(
    request: AccessRequest,
  ): Promise<{ files: FileRow[]; register: PartyRegister; numbered: NumberedDocument[] }> {
    return this.database.inAuthority(request.authorityId, async (entities: EntityManager) => {
      const numbered = await numberDocuments(entities, request.id);
      const files = await entities.findBy(FileRow, { requestId: request.id, state: 'converted' });
      return {
        files: inOrderOfDocuments(files, numbered),
        register: await this.register.of(entities, request.authorityId, request.id),
        numbered,
      };
    });
  }

  private pagesOf(file: FileRow): Promise<PageText[]> {
    return this.vault.readJson<PageText[]>(file.authorityId, file.wordsKey as string, {
      actor: THE_SYSTEM,
      action: 'vault.read',
      subject: { kind: 'file', id: file.id },
      requestId: file.requestId,
      reason: 'Proposals are made for the whole request.',
    });
  }

  private async propose({ file, pages }: ReadFile, found: Map<string, Span[]>): Promise<ProposedFile> {
    const proposals: NewProposal[] = [];
    const texts: Record<string, ProposalText> = {};
    for (const page of pages) {
      for (const span of found.get(`${file.id}:${page.index}`) ?? []) {
        const boxes = boxesOfSpan(page, span.start, span.end);
        if (boxes.length === 0) continue;
        const id = randomUUID();
        const { start: spanStart, end: spanEnd, type, role, redact, confidence, person: partyKey } = span;
        proposals.push({
          id,
          fileId: file.id,
          page: page.index,
          spanStart,
          spanEnd,
          boxes,
          type,
          partyKey,
          role,
          redact,
          confidence,
        });
        texts[id] = { text: page.text.slice(span.start, span.end), reason: span.reason };
      }
    }
    const stored = await this.vault.putJson(file.authorityId, texts);
    return { fileId: file.id, proposalsKey: stored.address, proposals };
  }
}

/** What one page tells counts on the next: the same file is read in the same order, whatever ids its rows have. */
function inOrderOfDocuments(files: FileRow[], numbered: NumberedDocument[]): FileRow[] {
  const numbers = new Map(numbered.map(({ id, number }) => [id, number]));
  const numberOf = (file: FileRow): number => numbers.get(file.documentId) ?? 0;
  return [...files].sort((a, b) => numberOf(a) - numberOf(b) || a.position - b.position);
}

function findingsOf(
  read: ReadFile[],
  found: Map<string, Span[]>,
  register: PartyRegister,
): ProposedRequest['findings'] {
  const byDocument = new Map<string, { text: string; spans: Span[] }>();
  for (const { file, pages } of read) {
    const document = byDocument.get(file.documentId) ?? { text: '', spans: [] };
    document.text += pages.map((page) => page.text).join('\n');
    document.spans.push(...pages.flatMap((page) => found.get(`${file.id}:${page.index}`) ?? []));
    byDocument.set(file.documentId, document);
  }
  return [...byDocument].flatMap(([documentId, { spans }]) => {
    const finding = misfilingFinding(spans, register);
    return finding ? [{ documentId, finding }] : [];
  });
}

/** Kept beside the job so that the row types stay together. */
export async function applyNumbers(entities: EntityManager, numbered: NumberedDocument[]): Promise<void> {
  for (const { id, number } of numbered) await entities.update(DocumentRow, { id }, { position: number });
}
