import type { RecordsDocument, RecordsFile } from '../../contracts';
import { mediaTypeOfName } from '../http/file-kind';
import type { Asked } from '../http/source-errors';
import { childrenOf, type XmlElement } from '../http/xml-element';
import { element, fileVersion, SCHEMA_V4, type AcadreSoap } from './acadre-soap';
import { dayAt, requiredTextAt, textAt } from './xml-path';

const DIRECTIONS: Record<string, RecordsDocument['direction']> = { I: 'ind', U: 'ud', N: 'intern' };

/** The documents of a case, each with its supplements (bilag). */
export async function documentsOf(soap: AcadreSoap, caseId: string, signal: AbortSignal): Promise<RecordsDocument[]> {
  const asked = `the documents of case ${caseId}`;
  const question = element('CaseFileIdentifier', SCHEMA_V4, caseId);
  const list = await soap.ask('GetAllDocuments', question, asked, signal);
  const found: RecordsDocument[] = [];
  for (const output of childrenOf(list, 'DocumentOutput')) {
    const main = await documentOf(soap, output, caseId, asked, signal);
    found.push(main, ...(await supplementsOf(soap, main.sourceDocumentId, caseId, signal)));
  }
  return once(found);
}

/** Journal notes: each is an RTF file. */
export async function memosOf(soap: AcadreSoap, caseId: string, signal: AbortSignal): Promise<RecordsDocument[]> {
  const asked = `the journal notes of case ${caseId}`;
  const list = await soap.ask('GetAllMemo', element('CaseIdentifier', SCHEMA_V4, caseId), asked, signal);
  return once(childrenOf(list, 'MemoList').map((memo) => memoOf(memo, caseId, asked)));
}

/** A file's id holds both of what it is asked for by: `7001 3` is version 3 of file 7001. */
export function fileIdOf(reference: string, version: string): string {
  return `${reference} ${version}`;
}

export function referenceOf(sourceFileId: string): { reference: string; version: string } {
  const [reference, version] = sourceFileId.split(' ');
  return { reference, version };
}

async function supplementsOf(
  soap: AcadreSoap,
  documentId: string,
  caseId: string,
  signal: AbortSignal,
): Promise<RecordsDocument[]> {
  const asked = `the supplements of document ${documentId}`;
  const list = await soap.ask('GetAllSupplements', element('DocumentId', SCHEMA_V4, documentId), asked, signal);
  const found: RecordsDocument[] = [];
  for (const output of childrenOf(list, 'SupplementResponse')) {
    const supplement = await documentOf(soap, output, caseId, asked, signal);
    found.push({ ...supplement, parentSourceDocumentId: documentId });
  }
  return found;
}

async function documentOf(
  soap: AcadreSoap,
  output: XmlElement,
  caseId: string,
  asked: Asked,
  signal: AbortSignal,
): Promise<RecordsDocument> {
  const title = requiredTextAt(output, asked, 'Document', 'DocumentTitleText');
  return {
    sourceDocumentId: requiredTextAt(output, asked, 'Document', 'DocumentIdentifier'),
    sourceCaseId: caseId,
    kind: 'document',
    title,
    documentNumber: textAt(output, 'Record', 'RecordSequenceNumber'),
    direction: DIRECTIONS[textAt(output, 'Record', 'DocumentTypeCode') ?? ''],
    documentDate: dayAt(output, asked, 'Record', 'DocumentDate') ?? dayAt(output, asked, 'Record', 'RegistrationDate'),
    state: 'unknown',
    files: await filesOf(soap, output, title, asked, signal),
  };
}

/** A document can be on paper only, without a file. */
async function filesOf(
  soap: AcadreSoap,
  output: XmlElement,
  title: string,
  asked: Asked,
  signal: AbortSignal,
): Promise<RecordsFile[]> {
  const reference = textAt(output, 'DocumentVersion', 'DocumentFileReference');
  if (reference === undefined) return [];
  const version = requiredTextAt(output, asked, 'DocumentVersion', 'VersionNumber');
  const answer = await soap.ask('GetFileName', fileVersion('FileVersionReference1', reference, version), asked, signal);
  const name = answer.text.trim() || title;
  return [{ sourceFileId: fileIdOf(reference, version), name, mediaType: mediaTypeOfName(name), version }];
}

function memoOf(memo: XmlElement, caseId: string, asked: Asked): RecordsDocument {
  const id = requiredTextAt(memo, asked, 'MemoIdentifier');
  const reference = requiredTextAt(memo, asked, 'MemoFileReference');
  return {
    sourceDocumentId: `notat-${id}`,
    sourceCaseId: caseId,
    kind: 'journalNote',
    title: textAt(memo, 'MemoTitleText') ?? 'Journalnotat',
    direction: 'intern',
    documentDate: dayAt(memo, asked, 'MemoEventDate'),
    state: 'final',
    // A note has one version only.
    files: [
      { sourceFileId: fileIdOf(reference, '1'), name: `notat-${id}.rtf`, mediaType: 'application/rtf', version: '1' },
    ],
  };
}

function once(documents: RecordsDocument[]): RecordsDocument[] {
  return [...new Map(documents.map((document) => [document.sourceDocumentId, document])).values()];
}
