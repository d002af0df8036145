import type { Archive } from './read-archive';
import { writeArchive } from './write-archive';

interface Embedded {
  name: string;
  content: Buffer;
}

const EXTENSIONS: Record<string, string> = {
  text: 'odt',
  spreadsheet: 'ods',
  presentation: 'odp',
  graphics: 'odg',
};

/** An embedded OpenDocument lies unpacked in a folder; the manifest says what it is. */
function openDocumentsIn(archive: Archive): Embedded[] {
  const manifest = archive.get('META-INF/manifest.xml')?.toString('utf8') ?? '';
  return [...manifest.matchAll(/<manifest:file-entry\b[^>]*>/g)].flatMap(([entry]) => {
    const path = /manifest:full-path="([^"]+\/)"/.exec(entry)?.[1];
    const type = /manifest:media-type="(application\/vnd\.oasis\.opendocument\.(\w+))"/.exec(entry);
    const extension = EXTENSIONS[type?.[2] ?? ''];
    if (!path || path === '/' || !type || !extension) return [];
    const parts: Archive = new Map([['mimetype', Buffer.from(type[1]!)]]);
    for (const [name, content] of archive) if (name.startsWith(path)) parts.set(name.slice(path.length), content);
    return [{ name: `${path.slice(0, -1)}.${extension}`, content: writeArchive(parts) }];
  });
}

/** Files inside an office document: spreadsheets, mails and other objects that were put on its pages. */
export function embeddedIn(archive: Archive): Embedded[] {
  const files = [...archive]
    .filter(([name]) => /^((word|xl|ppt)\/embeddings\/[^/]+|Object \d+)$/.test(name))
    .map(([name, content]) => ({ name, content }));
  return [...files, ...openDocumentsIn(archive)];
}
