import type { Readable } from 'node:stream';
import { SourceError, type RecordsDocument, type RecordsFile, type RunContext } from '../../contracts';
import { readOrGap } from '../http/found-gaps';
import { mediaTypeOfName } from '../http/file-kind';
import { contractError, sentence, type Asked } from '../http/source-errors';
import type { SourceHttp } from '../http/source-http';
import { readMetadata } from './getorganized-cases';

/** Above about 10 MB `DocumentBytes` gives a web page about an error, with status 200. */
const LARGE = 9 * 1024 * 1024;
const LONGEST_POINTER = 64 * 1024;

export function isPointer({ files: [file] }: RecordsDocument): boolean {
  return /\.goref$/i.test(file.name);
}

/** The bytes of a document: from the address for small ones, and from the library itself when that fails or is too small. */
export async function openFile(
  http: SourceHttp,
  { sourceFileId, name, size }: RecordsFile,
  asked: Asked,
  signal: AbortSignal,
): Promise<{ stream: Readable; mediaType?: string }> {
  if (size === undefined || size <= LARGE) {
    const path = `/_goapi/Documents/DocumentBytes/${sourceFileId}`;
    try {
      return await http.file({ method: 'GET', path, asked }, { name, size }, signal);
    } catch (error) {
      if (!(error instanceof SourceError) || error.errorClass !== 'integrity') throw error;
    }
  }
  const metadata = `/_goapi/Documents/MetadataWithSystemFields/${sourceFileId}`;
  const { ows_EncodedAbsUrl: address } = await readMetadata(http, metadata, asked, signal);
  if (!address || !URL.canParse(address)) throw contractError(asked, 'left out the address of the file');
  // It often names the public host, which does not accept Windows accounts; the path is the same on ours.
  return http.file({ method: 'GET', path: new URL(address).pathname, asked }, { name, size }, signal);
}

/**
 * A `.goref` is a pointer to a document of another case: the document it points to is given in its place, and the pointer
 * is reported, since the other case is not searched.
 */
export async function followPointer(
  http: SourceHttp,
  document: RecordsDocument,
  context: RunContext,
): Promise<RecordsDocument | undefined> {
  const { sourceDocumentId, sourceCaseId } = document;
  const asked = `the pointer ${sourceDocumentId}`;
  const about = { sourceCaseId, sourceDocumentId };
  const name = `Henvisningen ${sourceDocumentId} på sag ${sourceCaseId}`;
  const target = await readOrGap(targetOf(http, document.files[0], asked, context.signal), { ...about, name }, context);
  if (!target) return undefined;
  const text = `${name} peger på dokument ${target.sourceFileId} på en anden sag; dokumentet er med, den anden sag er ikke gennemsøgt.`;
  context.reportGap?.({ kind: 'pointer', ...about, sentence: text });
  return { ...document, files: [target] };
}

async function targetOf(
  http: SourceHttp,
  pointer: RecordsFile,
  asked: Asked,
  signal: AbortSignal,
): Promise<RecordsFile> {
  const { stream } = await openFile(http, pointer, asked, signal);
  let text = '';
  for await (const chunk of stream) {
    text += (chunk as Buffer).toString('utf8');
    if (text.length > LONGEST_POINTER) throw contractError(asked, 'gave a pointer that is no pointer');
  }
  const id = /[?&]docid=(\d+)/i.exec(text)?.[1];
  if (!id) throw contractError(asked, 'gave a pointer that points nowhere');
  const path = `/_goapi/Documents/MetadataWithSystemFields/${id}`;
  const row = await readMetadata(http, path, `document ${id}`, signal);
  const ending = row.ows_File_x0020_Type;
  if (!ending) throw contractError(asked, 'points at something that has no file');
  if (ending === 'goref') {
    throw new SourceError('not_found', sentence(asked, 'points at another pointer, which is not followed'), false);
  }
  const name = `${row.ows_Title || id}.${ending}`;
  const size = Number(row.ows_File_x0020_Size ?? Number.NaN);
  return {
    sourceFileId: id,
    name,
    mediaType: mediaTypeOfName(name),
    size: Number.isSafeInteger(size) ? size : undefined,
    version: row.ows__UIVersionString,
  };
}
