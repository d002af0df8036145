import { Readable } from 'node:stream';
import {
  SourceError,
  type Connector,
  type Coverage,
  type RecordsCase,
  type RecordsDocument,
  type RecordsFile,
  type RunContext,
  type Source,
} from '../../contracts';
import { healthBy } from '../health';
import { readOrGap } from '../http/found-gaps';
import { sentence } from '../http/source-errors';
import { childOf, childrenOf, idIn, type XmlElement } from '../http/xml-element';
import { afterCursor, listedFile } from '../listed';
import { caseHit, caseNumberOf, caseOf, findCases, readCase } from './f2-cases';
import { documentsOfMatter, MATTER, matterById, matterPage, mattersOf, matterStructure } from './f2-matters';
import { findNotePage, holderOf, listNotes, NOTE, type NoteHolder } from './f2-notes';
import { F2Reads, linkOf, requiredLink } from './f2-reads';
import type { F2Settings } from './f2-settings';

type Opened = { stream: Readable; mediaType?: string; size?: number; version?: string };

/**
 * Reads F2 through F2-REST, version 13 of its documentation: starts at the service index and follows links. A draft until a
 * municipality has run it. It never writes.
 */
export class F2Connector implements Connector {
  readonly version = 'f2-1';
  readonly coverage: Coverage;
  private readonly reads: F2Reads;

  constructor(
    readonly source: Source,
    private readonly settings: F2Settings,
  ) {
    this.coverage = coverageOf(settings);
    this.reads = new F2Reads(settings);
  }

  health(signal: AbortSignal): ReturnType<Connector['health']> {
    return healthBy(() => this.reads.greet(signal));
  }

  async *discover(subject: { cprs: string[] }, context: RunContext): AsyncIterable<RecordsCase> {
    const seen = new Set<string>();
    for (const cpr of subject.cprs.map(withHyphen)) {
      for (const hit of await findCases(this.reads, this.settings.involvedPartyQuery, cpr, context.signal)) {
        if (seen.has(hit.id)) continue;
        seen.add(hit.id);
        const about = { sourceCaseId: hit.id, name: `Sag ${hit.id} i F2` };
        const element = await readOrGap(readCase(this.reads, hit, context.signal), about, context);
        if (element) yield caseOf(element, hit.id);
      }
    }
  }

  /** Matters with their documents and notes, then the notes of the case. `cursor` is the id of the last item taken. */
  async *list(
    recordsCase: RecordsCase,
    context: RunContext,
    cursor?: string,
  ): AsyncIterable<{ document: RecordsDocument; cursor?: string }> {
    const { sourceCaseId } = recordsCase;
    const hit = await caseHit(this.reads, sourceCaseId, context.signal);
    const element = await readCase(this.reads, hit, context.signal);
    const documents = await this.mattersOfCase(element, sourceCaseId, context);
    const notes = await this.notes(element, { of: 's', id: sourceCaseId }, sourceCaseId, context);
    yield* afterCursor(once([...documents, ...notes]), cursor);
  }

  /** Matters with the citizen's number that lie in none of the cases that {@link discover} finds. */
  async *listCaseless(
    subject: { cprs: string[] },
    context: RunContext,
    cursor?: string,
  ): AsyncIterable<{ document: RecordsDocument; cursor?: string }> {
    const asked = 'the list of matters';
    const { signal } = context;
    const caseNumbers = new Set<string | undefined>();
    const found = new Map<string, { href: string; caseNumber?: string }>();
    for (const cpr of subject.cprs.map(withHyphen)) {
      for (const { row } of await findCases(this.reads, this.settings.involvedPartyQuery, cpr, signal)) {
        caseNumbers.add(caseNumberOf(row, asked));
      }
      for (const { id, href, row } of await this.reads.search(
        'matter-search-filter',
        { cprNumber: cpr },
        asked,
        signal,
      )) {
        found.set(id, { href, caseNumber: caseNumberOf(row, asked) });
      }
    }
    const documents: RecordsDocument[] = [];
    for (const [id, { href, caseNumber }] of found) {
      if (caseNumber !== undefined && caseNumbers.has(caseNumber)) continue;
      const about = { sourceDocumentId: MATTER + id, name: `Akt ${id} i F2` };
      const structure = await readOrGap(matterStructure(this.reads, href, `matter ${id}`, signal), about, context);
      if (structure) documents.push(...(await this.matter(structure, undefined, context)));
    }
    yield* afterCursor(once(documents), cursor);
  }

  async fetch(document: RecordsDocument, sourceFileId: string, { signal }: RunContext): Promise<Opened> {
    const { file, asked } = listedFile(document, sourceFileId);
    if (sourceFileId.startsWith(NOTE)) return this.note(sourceFileId, signal);
    if (sourceFileId.startsWith(MATTER)) return this.matterText(file, asked, signal);
    const [matterId, documentId] = sourceFileId.split('-');
    const matter = await matterById(this.reads, matterId, signal);
    const listed = childrenOf(childOf(matter, 'Documents'), 'Document');
    const element = listed.find((candidate) => idIn(candidate, asked) === documentId);
    if (!element) throw new SourceError('not_found', sentence(asked, 'does not have it any more'), false);
    const itself = await this.reads.xml(requiredLink(element, 'self', asked), asked, signal);
    const { name, size, version } = file;
    const opened = await this.reads.file(requiredLink(itself, 'content', asked), { name, size }, asked, signal);
    return { ...opened, size, version };
  }

  async close(): Promise<void> {
    await this.reads.close();
  }

  private async mattersOfCase(element: XmlElement, id: string, context: RunContext): Promise<RecordsDocument[]> {
    const asked = `the matters of case ${id}`;
    const about = { sourceCaseId: id, name: `Akterne på sag ${id} i F2` };
    const href = requiredLink(element, 'structure', asked);
    const structure = await readOrGap(this.reads.xml(href, asked, context.signal), about, context);
    const documents: RecordsDocument[] = [];
    for (const matter of structure ? mattersOf(structure, asked) : []) {
      documents.push(...(await this.matter(matter, id, context)));
    }
    return documents;
  }

  private async matter(
    matter: XmlElement,
    caseId: string | undefined,
    context: RunContext,
  ): Promise<RecordsDocument[]> {
    const { documents, element } = await documentsOfMatter(this.reads, matter, caseId, context);
    if (!element) return documents;
    const holder: NoteHolder = { of: 'a', id: idIn(matter, 'a matter') };
    return [...documents, ...(await this.notes(element, holder, caseId, context))];
  }

  private async notes(
    element: XmlElement,
    holder: NoteHolder,
    caseId: string | undefined,
    context: RunContext,
  ): Promise<RecordsDocument[]> {
    const name = `Notaterne på ${holder.of === 's' ? 'sag' : 'akt'} ${holder.id} i F2`;
    const reading = listNotes(this.reads, element, holder, caseId, context.signal);
    return (await readOrGap(reading, { sourceCaseId: caseId, name }, context)) ?? [];
  }

  private async matterText(file: RecordsFile, asked: string, signal: AbortSignal): Promise<Opened> {
    const structure = await matterById(this.reads, file.sourceFileId.slice(MATTER.length), signal);
    const element = await this.reads.xml(requiredLink(structure, 'self', asked), asked, signal);
    const href = linkOf(element, 'pdf-content');
    return href ? this.reads.file(href, { name: file.name }, asked, signal) : pageOpened(matterPage(structure));
  }

  private async note(fileId: string, signal: AbortSignal): Promise<Opened> {
    const asked = 'a note';
    const { of, id } = holderOf(fileId);
    const element =
      of === 's'
        ? await readCase(this.reads, await caseHit(this.reads, id, signal), signal)
        : await this.reads.xml(requiredLink(await matterById(this.reads, id, signal), 'self', asked), asked, signal);
    const page = await findNotePage(this.reads, element, fileId, signal);
    if (!page) throw new SourceError('not_found', sentence(asked, 'does not have it any more'), false);
    return pageOpened(page);
  }
}

export function coverageOf(settings: Pick<F2Settings, 'involvedPartyQuery'>): Coverage {
  const gaps = [
    'F2 viser kun de sager og akter, som servicekontoen har adgang til, og oplyser ikke, hvor mange der er i alt.',
    'Chats, godkendelsesforløb og sagens felter (udvidelsesdata) læses ikke.',
  ];
  if (!settings.involvedPartyQuery) gaps.push('Sager, hvor borgeren kun er involveret part, findes ikke.');
  return {
    partyRoles: settings.involvedPartyQuery ? ['primary', 'secondary'] : ['primary'],
    includesClosed: true,
    includesDrafts: true,
    includesJournalNotes: true,
    includesDeleted: false,
    rightsLimited: true,
    knownGaps: gaps,
  };
}

/** Each document once: a matter can be found twice. */
function once(documents: RecordsDocument[]): RecordsDocument[] {
  return [...new Map(documents.map((document) => [document.sourceDocumentId, document])).values()];
}

function pageOpened(page: Buffer): Opened {
  return { stream: Readable.from([page], { objectMode: false }), mediaType: 'text/html', size: page.length };
}

/** F2 searches by `DDMMYY-XXXX`. */
function withHyphen(cpr: string): string {
  const digits = cpr.replace(/\D/g, '');
  return `${digits.slice(0, 6)}-${digits.slice(6)}`;
}
