import { SourceError, type RecordsDocument, type RunContext } from '../../contracts';
import { mediaTypeOfName } from '../http/file-kind';
import { readOrGap } from '../http/found-gaps';
import type { Asked } from '../http/source-errors';
import { isWire, optionalDay, optionalText, requiredText, wireOf, wiresOf, type Wire } from '../http/wire';
import { reportGap } from '../reporting';
import { pageFile, textPage } from '../text-page';
import type { Hal, LinkId } from './hal';
import { fieldsOf } from './object-fields';
import { DOCUMENT } from './nexus-pathways';

/** Before the link of an element that is given as a page of its own. */
const PAGE = 'side:';

/** One element of a pathway or of the citizen's activities, read whole: what lists give is half of it. */
export async function readElement(
  hal: Hal,
  node: Wire,
  relation: 'referencedObject' | 'self',
  fileLinks: string[],
  context: RunContext,
  sourceCaseId?: string,
): Promise<RecordsDocument | undefined> {
  const asked = 'an element of the record';
  const link = hal.link(node, relation, asked);
  const subject = { sourceCaseId, sourceDocumentId: link, name: `Elementet ${link}` };
  const element = await readOrGap(hal.get(link, asked, context.signal), subject, context);
  if (element === undefined) return undefined;
  const whole = wireOf(element, asked);
  if (node.type === DOCUMENT) return documentOf(hal, node, whole, link, fileLinks, context, sourceCaseId);
  const { title, day } = headOf(node, whole, asked);
  const file = pageFile(PAGE + link, pageOf(node, whole, asked));
  const name = `${title.replace(/[^\p{L}\p{N} ]+/gu, ' ').trim()}.html`;
  return {
    sourceDocumentId: link,
    sourceCaseId,
    // Notes, forms, grants and conditions alike: what Nexus holds is a journal.
    kind: 'journalNote',
    title,
    direction: 'intern',
    documentDate: day,
    state: 'unknown',
    files: [{ ...file, name }],
  };
}

export function isPageLink(sourceFileId: string): boolean {
  return sourceFileId.startsWith(PAGE);
}

/** The page of an element, read again by the link it was listed under. */
export async function readPage(hal: Hal, document: RecordsDocument, signal: AbortSignal): Promise<Buffer> {
  const asked = 'an element of the record';
  const whole = wireOf(await hal.get(document.sourceDocumentId, asked, signal), asked);
  return pageOf({ name: document.title }, whole, asked);
}

function documentOf(
  hal: Hal,
  node: Wire,
  whole: Wire,
  link: LinkId,
  fileLinks: string[],
  context: RunContext,
  sourceCaseId?: string,
): RecordsDocument {
  const asked = `document ${link}`;
  const name = optionalText(whole, 'originalFileName', asked) ?? 'dokument';
  const file = hal.linkIfAny(whole, fileLinks, asked);
  const isDeleted = optionalText(whole, 'status', asked) === 'DELETED' || node.status === 'DELETED';
  if (file === undefined || isDeleted) reportUnread(isDeleted, link, context, sourceCaseId);
  return {
    sourceDocumentId: link,
    sourceCaseId,
    kind: 'document',
    title: optionalText(whole, 'name', asked) ?? requiredText(node, 'name', asked),
    documentDate: optionalDay(whole, 'relevanceDate', asked) ?? optionalDay(whole, 'uploadingDate', asked),
    state: 'unknown',
    files: file === undefined || isDeleted ? [] : [{ sourceFileId: file, name, mediaType: mediaTypeOfName(name) }],
  };
}

function reportUnread(isDeleted: boolean, link: LinkId, context: RunContext, sourceCaseId?: string): void {
  const reason = isDeleted ? 'står som slettet' : 'har intet link til sin fil';
  const sentence = `Dokumentet ${link} ${reason} i Nexus; filen er ikke hentet og skal vurderes i Nexus.`;
  const cause = new SourceError('contract', `The file of document ${link} cannot be read.`, false);
  reportGap(context, { kind: 'unreadable', sourceCaseId, sourceDocumentId: link, sentence }, cause);
}

function headOf(node: Wire, whole: Wire, asked: Asked): { title: string; day?: string } {
  const form = isWire(whole.formDefinition) ? optionalText(whole.formDefinition, 'title', asked) : undefined;
  const title = optionalText(node, 'name', asked) ?? form ?? optionalText(whole, 'name', asked) ?? 'Element uden navn';
  const day = optionalDay(whole, 'observationTimestamp', asked) ?? optionalDay(whole, 'createDate', asked);
  return { title, day: day ?? optionalDay(whole, 'date', asked) };
}

/** A form is a list of labels and values; anything else (conditions, grants, medicine) is shown field by field. */
function pageOf(node: Wire, whole: Wire, asked: Asked): Buffer {
  const { title, day } = headOf(node, whole, asked);
  const items = Array.isArray(whole.items) ? wiresOf(whole, asked, 'items') : [];
  const answers = items.flatMap((item) => fieldsOf(item.value, optionalText(item, 'label', asked) ?? ''));
  return textPage({ title, facts: [day], fields: items.length > 0 ? answers : fieldsOf(whole) });
}
