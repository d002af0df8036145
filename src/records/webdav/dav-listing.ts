import { childrenOf, childOf, textIn, type XmlElement } from '../http/xml-element';
import { contractError, type Asked } from '../http/source-errors';
import type { SourceHttp } from '../http/source-http';

/** One thing in a folder, as PROPFIND tells of it (RFC 4918). */
export interface DavEntry {
  /** Decoded path on the server, without a slash at its end. */
  path: string;
  name: string;
  isFolder: boolean;
  /** Bytes; of a file. */
  size?: number;
  mediaType?: string;
  etag?: string;
  /** The day it was last changed, in Danish time. */
  day?: string;
}

const ASKED_FOR = `<?xml version="1.0" encoding="utf-8"?>
<propfind xmlns="DAV:"><prop><resourcetype/><getcontentlength/><getcontenttype/><getetag/><getlastmodified/></prop></propfind>`;
const DANISH_DAY = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Copenhagen' });

/**
 * What lies directly in a folder, by name, the folder itself left out. One level at a time: servers leave out in silence
 * what they refuse deeper down, and many refuse to answer for a whole tree.
 */
export async function readFolder(
  http: SourceHttp,
  path: string,
  asked: Asked,
  signal: AbortSignal,
  headers: Record<string, string>,
): Promise<DavEntry[]> {
  const entries = (await propfind(http, `${path}/`, '1', asked, signal, headers)).filter((each) => each.path !== path);
  // The same name twice is the same thing: a list that shifts while it is read gives nothing twice.
  const byPath = new Map(entries.map((each) => [each.path, each]));
  return [...byPath.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** @param depth `0` for the folder alone, `1` with what lies directly in it */
export async function propfind(
  http: SourceHttp,
  path: string,
  depth: '0' | '1',
  asked: Asked,
  signal: AbortSignal,
  headers: Record<string, string>,
): Promise<DavEntry[]> {
  const xml = await http.xml(
    {
      method: 'PROPFIND',
      path: encodePath(path),
      asked,
      headers: { ...headers, depth, 'content-type': 'application/xml; charset=utf-8' },
      body: ASKED_FOR,
    },
    signal,
  );
  if (xml.name !== 'multistatus') throw contractError(asked, 'answered without a list of a folder (multistatus)');
  return childrenOf(xml, 'response').map((response) => entryOf(response, asked));
}

export function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

function entryOf(response: XmlElement, asked: Asked): DavEntry {
  const href = textIn(response, 'href');
  if (!href) throw contractError(asked, 'listed something without an address (href)');
  const path = pathOf(href, asked).replace(/\/+$/, '');
  const found = childrenOf(response, 'propstat').find((each) => / 200 /.test(` ${textIn(each, 'status') ?? ''} `));
  const properties = childOf(found, 'prop');
  const type = childOf(properties, 'resourcetype');
  if (!type) throw contractError(asked, 'did not say whether something is a folder (resourcetype)');
  const isFolder = childOf(type, 'collection') !== undefined;
  return {
    path,
    name: path.slice(path.lastIndexOf('/') + 1),
    isFolder,
    ...(isFolder ? {} : { size: sizeOf(properties, asked) }),
    mediaType: textIn(properties, 'getcontenttype'),
    etag: textIn(properties, 'getetag'),
    day: dayOf(textIn(properties, 'getlastmodified')),
  };
}

function pathOf(href: string, asked: Asked): string {
  try {
    return decodeURIComponent(new URL(href, 'http://localhost').pathname);
  } catch {
    throw contractError(asked, 'listed something whose address cannot be read (href)');
  }
}

function sizeOf(properties: XmlElement | undefined, asked: Asked): number {
  const text = textIn(properties, 'getcontentlength');
  if (!text || !/^\d+$/.test(text)) throw contractError(asked, 'listed a file without its size (getcontentlength)');
  return Number(text);
}

function dayOf(moment: string | undefined): string | undefined {
  const date = new Date(moment ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : DANISH_DAY.format(date);
}
