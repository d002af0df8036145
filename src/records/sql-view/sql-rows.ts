import type { RecordsDocument, RecordsFile } from '../../contracts';
import { contractError, type Asked } from '../http/source-errors';
import type { Row } from './sql-reader';

const KINDS = ['document', 'journalNote', 'mail', 'message', 'form'] as const;
const DIRECTIONS = ['ind', 'ud', 'intern'] as const;
const STATES = ['draft', 'final', 'unknown'] as const;

/**
 * Of `v_case c`. `party_name` may be left out of the view. Days come as text: a `date` that is read as a moment is another day in
 * another time zone.
 */
export const CASE_COLUMNS = `source_case_id::text, cpr::text, party_role::text, case_number::text, title::text, kle::text,
  opened::date::text as opened, closed::date::text as closed, to_jsonb(c)->>'party_name' as party_name`;
export const DOCUMENT_COLUMNS = `source_document_id::text, source_case_id::text, title::text, kind::text, direction::text,
  doc_date::date::text as doc_date, state::text, parent_id::text`;
export const FILE_COLUMNS = `source_file_id::text, source_document_id::text, name::text, mime::text, size, sha256::text,
  path_or_lo::text, version::text`;

export function documentOf(row: Row, files: Row[], asked: Asked): RecordsDocument {
  return {
    sourceDocumentId: textOf(row, 'source_document_id', asked),
    sourceCaseId: textOf(row, 'source_case_id', asked),
    title: textOf(row, 'title', asked),
    kind: oneOf(KINDS, textOf(row, 'kind', asked), 'kind', asked),
    direction: optionalOf(DIRECTIONS, row, 'direction', asked),
    documentDate: optionalText(row, 'doc_date'),
    state: optionalOf(STATES, row, 'state', asked),
    parentSourceDocumentId: optionalText(row, 'parent_id'),
    files: files.map((file) => fileOf(file, asked)),
  };
}

function fileOf(row: Row, asked: Asked): RecordsFile {
  const size = Number(row.size);
  if (row.size === null || !Number.isSafeInteger(size) || size < 0)
    throw contractError(asked, 'gave a file without a size');
  const sha256 = optionalText(row, 'sha256');
  if (sha256 !== undefined && !/^[0-9a-f]{64}$/i.test(sha256)) {
    throw contractError(asked, 'gave a hash of a file that is not SHA-256 in hexadecimal');
  }
  return {
    sourceFileId: textOf(row, 'source_file_id', asked),
    name: textOf(row, 'name', asked),
    mediaType: optionalText(row, 'mime'),
    size,
    sha256: sha256?.toLowerCase(),
    version: optionalText(row, 'version'),
  };
}

/** A text that must be there. */
export function textOf(row: Row, column: string, asked: Asked): string {
  const text = optionalText(row, column);
  if (text === undefined) throw contractError(asked, `gave a row without "${column}"`);
  return text;
}

export function optionalText(row: Row, column: string): string | undefined {
  const value = row[column];
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

function optionalOf<T extends string>(allowed: readonly T[], row: Row, column: string, asked: Asked): T | undefined {
  const text = optionalText(row, column);
  return text === undefined ? undefined : oneOf(allowed, text, column, asked);
}

export function oneOf<T extends string>(allowed: readonly T[], text: string, column: string, asked: Asked): T {
  const known = allowed.find((each) => each === text);
  if (known === undefined) throw contractError(asked, `gave a row whose "${column}" is none of ${allowed.join(', ')}`);
  return known;
}
