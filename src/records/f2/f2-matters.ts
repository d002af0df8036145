import { SourceError, type RecordsDocument, type RunContext } from '../../contracts';
import { readOrGap } from '../http/found-gaps';
import { mediaTypeOfName } from '../http/file-kind';
import { contractError, sentence, type Asked } from '../http/source-errors';
import { childOf, childrenOf, dayIn, idIn, textIn, type XmlElement } from '../http/xml-element';
import { pageFile, textPage } from '../text-page';
import { linkOf, requiredLink, type F2Reads } from './f2-reads';

export const MATTER = 'akt-';

/**
 * A matter (akt) as the structure of its case gives it: its own text, then its documents. What has neither is a page of
 * its title and dates, so that it is not left out.
 */
export async function documentsOfMatter(
  reads: F2Reads,
  matter: XmlElement,
  sourceCaseId: string | undefined,
  context: RunContext,
): Promise<{ documents: RecordsDocument[]; element?: XmlElement }> {
  const asked = 'a matter';
  const id = idIn(matter, asked);
  const about = { sourceCaseId, sourceDocumentId: MATTER + id, name: `Akt ${id} i F2` };
  const href = requiredLink(matter, 'self', asked);
  const element = await readOrGap(reads.xml(href, `matter ${id}`, context.signal), about, context);
  if (element && idIn(element, asked) !== id) throw contractError(asked, 'answered with another matter');
  const listed = childrenOf(childOf(matter, 'Documents'), 'Document');
  const text = element && linkOf(element, 'pdf-content');
  const own = text || listed.length === 0 ? [matterDocument(matter, sourceCaseId, text !== undefined)] : [];
  const parent = own[0]?.sourceDocumentId;
  return { documents: [...own, ...listed.map((each) => documentOf(each, matter, sourceCaseId, parent))], element };
}

/** The page of a matter that has neither text nor documents. */
export function matterPage(matter: XmlElement): Buffer {
  const title = titleOf(matter);
  const facts = [dayOfMatter(matter), textIn(childOf(matter, 'Responsible'), 'Name')];
  return textPage({ title, facts, text: 'Akten har hverken tekst eller dokumenter i F2.' });
}

function matterDocument(matter: XmlElement, sourceCaseId: string | undefined, hasText: boolean): RecordsDocument {
  const id = MATTER + idIn(matter, 'a matter');
  const title = titleOf(matter);
  const file = { sourceFileId: id, name: `${title}.pdf`, mediaType: 'application/pdf' };
  return {
    ...factsOf(matter),
    sourceDocumentId: id,
    sourceCaseId,
    kind: 'document',
    title,
    files: [hasText ? file : pageFile(id, matterPage(matter))],
  };
}

function documentOf(
  element: XmlElement,
  matter: XmlElement,
  sourceCaseId: string | undefined,
  parentSourceDocumentId: string | undefined,
): RecordsDocument {
  const asked = 'the documents of a matter';
  const id = idIn(element, asked);
  requiredLink(element, 'self', asked);
  const title = textIn(element, 'Title') ?? 'Dokument uden titel';
  const ending = textIn(element, 'FileType');
  const name = ending && !title.toLowerCase().endsWith(`.${ending.toLowerCase()}`) ? `${title}.${ending}` : title;
  const size = Number(textIn(element, 'FileSize') ?? textIn(element, 'Size') ?? Number.NaN);
  const sourceFileId = `${idIn(matter, asked)}-${id}`;
  const mediaType = textIn(element, 'ContentType') ?? mediaTypeOfName(name);
  const version = textIn(element, 'ModifiedDate');
  return {
    ...factsOf(matter),
    sourceDocumentId: id,
    sourceCaseId,
    kind: /^(eml|msg)$/i.test(ending ?? '') ? 'mail' : 'document',
    title,
    parentSourceDocumentId,
    files: [{ sourceFileId, name, mediaType, size: Number.isSafeInteger(size) ? size : undefined, version }],
  };
}

function factsOf(matter: XmlElement): Pick<RecordsDocument, 'documentNumber' | 'direction' | 'documentDate' | 'state'> {
  const direction = textIn(matter, 'ReceivedDate') ? 'ind' : textIn(matter, 'SentDate') ? 'ud' : 'intern';
  return {
    documentNumber: textIn(matter, 'MatterNumber'),
    direction,
    documentDate: dayOfMatter(matter),
    state: 'unknown',
  };
}

/** F2 writes its dates in the server's own time and without a zone: the day is taken as it stands. */
function dayOfMatter(matter: XmlElement): string | undefined {
  const names = ['LetterDate', 'ReceivedDate', 'SentDate', 'CreatedDate'];
  return names.map((name) => dayIn(matter, name)).find((day) => day !== undefined);
}

function titleOf(matter: XmlElement): string {
  return textIn(matter, 'Title') ?? 'Akt uden titel';
}

/** The structure of one matter, found by its id: for a matter without a case, and after a restart. */
export async function matterById(reads: F2Reads, id: string, signal: AbortSignal): Promise<XmlElement> {
  const asked: Asked = `matter ${id}`;
  const hits = await reads.search('matter-search-filter', { id }, asked, signal);
  const hit = hits.find((candidate) => candidate.id === id);
  if (!hit) throw new SourceError('not_found', sentence(asked, 'does not have it any more'), false);
  return matterStructure(reads, hit.href, asked, signal);
}

export async function matterStructure(
  reads: F2Reads,
  href: string,
  asked: Asked,
  signal: AbortSignal,
): Promise<XmlElement> {
  const element = await reads.xml(href, asked, signal);
  return reads.xml(requiredLink(element, 'structure', asked), asked, signal);
}

/** The matters of a case, each once. */
export function mattersOf(structure: XmlElement, asked: Asked): XmlElement[] {
  const list = childOf(structure, 'Matters');
  if (!list) throw contractError(asked, 'answered without a list of matters');
  return [...new Map(childrenOf(list, 'Matter').map((matter) => [idIn(matter, asked), matter])).values()];
}
