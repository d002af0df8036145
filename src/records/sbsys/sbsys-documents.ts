import { SourceError, type RecordsCase, type RecordsDocument, type RecordsFile } from '../../contracts';
import { mediaTypeOfName } from '../http/file-kind';
import { sentence, type Asked } from '../http/source-errors';
import type { SourceHttp } from '../http/source-http';
import { optionalCount, wiresOf, type Wire } from '../http/wire';
import { dayOf, idOf, listOf, textOf } from './sbsys-wire';

/** All documents of a case with their sub-documents, reconciled with every sum the source gives. */
export async function listDocuments(
  http: SourceHttp,
  recordsCase: RecordsCase,
  signal: AbortSignal,
): Promise<RecordsDocument[]> {
  const { sourceCaseId } = recordsCase;
  const asked = `the documents of case ${sourceCaseId}`;
  const path = `/api/sag/${sourceCaseId}/dokumenter`;
  const list = listOf(await http.json({ method: 'GET', path, asked }, signal), asked);
  refuseDifference(asked, list.items.length, list.total);
  refuseDifference(asked, list.items.length, recordsCase.expected?.documents);
  const documents = list.items.flatMap((item) => documentsOf(item, sourceCaseId, undefined, asked));
  const ids = new Set(documents.map((document) => document.sourceDocumentId));
  refuseDifference(asked, ids.size, documents.length);
  return documents;
}

/** A count that does not match means that something is missing, and a whole file must not be claimed. */
export function refuseDifference(asked: Asked, listed: number, promised: number | undefined): void {
  if (promised === undefined || promised === listed) return;
  const text = sentence(asked, `promised ${promised} items and listed ${listed}; the list is not whole`);
  throw new SourceError('truncated', text, true);
}

function documentsOf(item: Wire, caseId: string, parent: string | undefined, asked: Asked): RecordsDocument[] {
  const id = idOf(item, asked);
  const below = item.Underdokumenter == null ? [] : wiresOf(item.Underdokumenter, asked);
  const document: RecordsDocument = {
    sourceDocumentId: id,
    sourceCaseId: caseId,
    kind: item.DokumentType === 'E-mail' ? 'mail' : 'document',
    title: textOf(item, 'Navn') ?? 'Dokument uden navn',
    documentNumber: textOf(item, 'DokumentNummer'),
    direction: DIRECTIONS[textOf(item, 'Retning') ?? ''],
    documentDate: dayOf(item, 'DokumentDato'),
    state: 'unknown',
    parentSourceDocumentId: parent,
    files: filesOf(item, asked),
  };
  return [document, ...below.flatMap((child) => documentsOf(child, caseId, id, asked))];
}

const DIRECTIONS: Record<string, RecordsDocument['direction']> = { Indgående: 'ind', Udgående: 'ud', Intern: 'intern' };

function filesOf(item: Wire, asked: Asked): RecordsFile[] {
  return wiresOf(item, asked, 'Filer').map((file) => {
    const name = fileName(file);
    return {
      sourceFileId: idOf(file, asked),
      name,
      mediaType: mediaTypeOfName(name),
      size: optionalCount(file, 'Size', asked),
    };
  });
}

/** `Navn` comes with and without the ending that stands in `Filendelse`. */
function fileName(file: Wire): string {
  const name = textOf(file, 'Navn') ?? 'fil';
  const ending = textOf(file, 'Filendelse')?.replace(/^\./, '');
  return ending && !name.toLowerCase().endsWith(`.${ending.toLowerCase()}`) ? `${name}.${ending}` : name;
}
