import type { RecordsDocument } from '../../contracts';
import { mediaTypeOfName } from '../http/file-kind';
import { contractError, type Asked } from '../http/source-errors';
import { optionalCount, optionalDay, optionalText, wireOf, wiresOf, type Wire } from '../http/wire';
import { idOf } from './fhir-bundles';

const ENDINGS: Record<string, string> = {
  'application/pdf': 'pdf',
  'text/html': 'html',
  'text/plain': 'txt',
  'text/xml': 'xml',
  'application/xml': 'xml',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/tiff': 'tif',
};

/** Where the bytes of a file are: an address on the server, or in the document itself. */
export type Content = { url: string } | { data: string };

export interface ReadDocument {
  document: RecordsDocument;
  /** By the file's id. */
  contents: Map<string, Content>;
}

export function readDocument(resource: Wire, asked: Asked): ReadDocument {
  const id = idOf(resource, asked);
  const attachments = wiresOf(resource, asked, 'content').map((content) => wireOf(content.attachment, asked));
  const contents = new Map(attachments.map((each, index) => [`${id}.${index + 1}`, contentOf(each, asked)]));
  const title = optionalText(resource, 'description', asked) ?? optionalText(attachments[0] ?? {}, 'title', asked);
  return {
    contents,
    document: {
      sourceDocumentId: id,
      kind: 'document',
      title: title ?? typeInWords(resource, asked) ?? 'Dokument uden titel',
      documentDate: optionalDay(resource, 'date', asked),
      state: stateOf(resource, asked),
      parentSourceDocumentId: parentOf(resource, asked),
      files: attachments.map((attachment, index) => fileOf(attachment, `${id}.${index + 1}`, resource, asked)),
    },
  };
}

function fileOf(
  attachment: Wire,
  sourceFileId: string,
  resource: Wire,
  asked: Asked,
): RecordsDocument['files'][number] {
  const mediaType = optionalText(attachment, 'contentType', asked)?.split(';')[0].trim();
  const title = optionalText(attachment, 'title', asked) ?? sourceFileId;
  const name = mediaTypeOfName(title) || !mediaType || !ENDINGS[mediaType] ? title : `${title}.${ENDINGS[mediaType]}`;
  const meta = resource.meta === undefined ? {} : wireOf(resource.meta, asked);
  return {
    sourceFileId,
    name,
    mediaType,
    size: optionalCount(attachment, 'size', asked),
    version: optionalText(meta, 'versionId', asked),
  };
}

function contentOf(attachment: Wire, asked: Asked): Content {
  const url = optionalText(attachment, 'url', asked);
  if (url) return { url };
  const data = optionalText(attachment, 'data', asked);
  if (data) return { data };
  throw contractError(asked, 'gave an attachment with neither an address nor bytes');
}

/** A document that was replaced or entered in error is still a record; only what is being written is a draft. */
function stateOf(resource: Wire, asked: Asked): RecordsDocument['state'] {
  const state = optionalText(resource, 'docStatus', asked);
  if (state === undefined) return 'unknown';
  return state === 'preliminary' ? 'draft' : 'final';
}

function typeInWords(resource: Wire, asked: Asked): string | undefined {
  return resource.type === undefined ? undefined : optionalText(wireOf(resource.type, asked), 'text', asked);
}

/** `appends`: this one is an attachment to another. */
function parentOf(resource: Wire, asked: Asked): string | undefined {
  const relations = resource.relatesTo === undefined ? [] : wiresOf(resource, asked, 'relatesTo');
  const appends = relations.find((each) => optionalText(each, 'code', asked) === 'appends');
  const reference = appends && optionalText(wireOf(appends.target, asked), 'reference', asked);
  return /(?:^|\/)DocumentReference\/([A-Za-z0-9.-]{1,64})$/.exec(reference ?? '')?.[1];
}
