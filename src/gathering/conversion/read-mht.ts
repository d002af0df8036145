import PostalMime from 'postal-mime';
import { addChild, type ConversionJob } from './conversion-job';
import { UnreadableFile } from './conversion-result';

const HEADER_LOCATION = /^(content-location:[ \t]*)(\S+)[ \t]*$/gim;
const LOCATION_MARK = 'sted.';

/**
 * Whether a text with mail headers is a saved web page (RFC 2557): its parts have addresses, and nobody sent it to anybody.
 * @param head the beginning of the file, as Latin-1
 */
export function isWebArchive(head: string): boolean {
  const headers = head.split(/\r?\n\r?\n/, 1)[0]!.replace(/\r?\n[ \t]+/g, ' ');
  const isRelated = /^content-type:\s*multipart\/related/im.test(headers);
  const wasSent = /^(to|cc|received|message-id|delivered-to|return-path):/im.test(headers);
  return isRelated && !wasSent && /^(content-location|snapshot-content-location):/im.test(head);
}

interface WebArchive {
  html: string;
  parts: PostalMime.Attachment[];
}

function markOf(location: string): string {
  return LOCATION_MARK + Buffer.from(location).toString('hex');
}

/** Mail readers keep a part's content id but not its address; so each address is made a content id. */
async function parse(bytes: Buffer): Promise<WebArchive> {
  const marked = bytes
    .toString('latin1')
    .replace(HEADER_LOCATION, (line, _header, location: string) => `${line}\r\nContent-ID: <${markOf(location)}>`);
  try {
    const { html, text, attachments } = await PostalMime.parse(Buffer.from(marked, 'latin1'));
    return { html: html ?? text ?? '', parts: attachments };
  } catch {
    throw new UnreadableFile('damaged', 'Websiden kan ikke læses.');
  }
}

function contentOf({ content }: PostalMime.Attachment): Buffer {
  return typeof content === 'string' ? Buffer.from(content, 'utf8') : Buffer.from(content as ArrayBuffer);
}

function nameOf(part: PostalMime.Attachment, index: number): string {
  const id = part.contentId?.replace(/[<>]/g, '') ?? '';
  const location = id.startsWith(LOCATION_MARK) ? Buffer.from(id.slice(LOCATION_MARK.length), 'hex').toString() : '';
  return part.filename ?? (location.split(/[/\\]/).at(-1)?.split('?')[0] || `del-${index + 1}`);
}

/** Whether two addresses mean the same part: the whole address, or its last name when the page says it relatively. */
function isAt(part: PostalMime.Attachment, source: string): boolean {
  const id = part.contentId?.replace(/[<>]/g, '') ?? '';
  if (source.startsWith('cid:')) return source.slice(4) === id;
  if (id === markOf(source)) return true;
  const location = id.startsWith(LOCATION_MARK) ? Buffer.from(id.slice(LOCATION_MARK.length), 'hex').toString() : '';
  return !/^[a-z]+:/i.test(source) && location !== '' && location.endsWith(`/${source.replace(/^\.?\//, '')}`);
}

/**
 * The page of a saved web archive with its pictures put inside it. Parts that the page does not show become children;
 * style sheets are layout and are left.
 * @throws UnreadableFile `damaged` or `too-large`
 */
export async function readMht(job: ConversionJob): Promise<string> {
  const { html, parts } = await parse(job.bytes);
  if (html.trim() === '') throw new UnreadableFile('damaged', 'Websiden kan ikke læses.');
  const shown = new Set<PostalMime.Attachment>();
  const page = html.replace(
    /(<img\b[^>]*?\bsrc\s*=\s*)(?:"([^"]*)"|'([^']*)')/gi,
    (tag, before: string, a?: string, b?: string) => {
      const part = parts.find((each) => isAt(each, a ?? b ?? ''));
      if (!part || !/^image\/(png|jpe?g|gif|bmp)$/.test(part.mimeType)) return tag;
      shown.add(part);
      return `${before}"data:${part.mimeType};base64,${contentOf(part).toString('base64')}"`;
    },
  );
  for (const [index, part] of parts.entries()) {
    if (shown.has(part) || /^(text\/css|application\/(x-)?javascript|text\/javascript)$/.test(part.mimeType)) continue;
    job.notes.add('unused-parts');
    await addChild(job, nameOf(part, index), part.mimeType, contentOf(part));
  }
  return page;
}
