import { SaxesParser } from 'saxes';
import { part, partsLike, textsInside } from './office-xml';
import { UnreadableFile } from './conversion-result';
import type { ConversionNotes } from './conversion-note';
import type { Archive } from './read-archive';
import type { ReadingBlock } from './reading-block';
import { slideComments, speakerNotes } from './slides';

function wordComments(archive: Archive): string[] {
  return partsLike(archive, /^word\/comments\d*\.xml$/).flatMap((xml) =>
    textsInside(xml, 'w:comment', new Set(['w:t'])).map(({ attributes, text }) => {
      const date = /^\d{4}-\d\d-\d\d/.exec(attributes['w:date'] ?? '')?.[0];
      const who = [attributes['w:author'], date].filter(Boolean).join(', ');
      return who ? `${who}: ${text}` : text;
    }),
  );
}

/** Comments name the cell; which sheet a part of comments belongs to stands in the sheet's relationships. */
function workbookComments(archive: Archive): string[] {
  const sheetOf = new Map<string, string>();
  for (const [name, content] of archive) {
    const sheet = /^xl\/worksheets\/_rels\/sheet(\d+)\.xml\.rels$/.exec(name)?.[1];
    const target = sheet && /(comments|threadedComment)\d*\.xml/.exec(content.toString('utf8'))?.[0];
    if (target) sheetOf.set(target, `ark ${sheet}, `);
  }
  return [...archive.keys()]
    .filter((name) => /^xl\/(threadedComments\/|comments)[^/]*\.xml$/.test(name))
    .flatMap((name) => {
      const element = name.includes('threadedComments/') ? 'threadedComment' : 'comment';
      const sheet = sheetOf.get(name.slice(name.lastIndexOf('/') + 1)) ?? '';
      return textsInside(part(archive, name)!, element, new Set(['t', 'text'])).map(
        ({ attributes, text }) => `${sheet}felt ${attributes.ref ?? ''}: ${text}`,
      );
    });
}

/** Text in boxes and shapes on sheets, which a reading of the cells does not reach. */
export function workbookShapes(archive: Archive): ReadingBlock[] {
  const texts = partsLike(archive, /^xl\/drawings\/drawing\d+\.xml$/).flatMap((xml) =>
    textsInside(xml, 'xdr:txBody', new Set(['a:t'])).map(({ text }) => text),
  );
  return section('Tekstbokse', texts);
}

function openDocumentComments(archive: Archive): string[] {
  return partsLike(archive, /^content\.xml$/).flatMap((xml) =>
    textsInside(xml, 'office:annotation', new Set(['text:p', 'text:span', 'dc:creator'])).map(({ text }) => text),
  );
}

function hasTrackedChanges(archive: Archive): boolean {
  const word = /<w:(ins|del|moveFrom|moveTo)\s/;
  return (
    partsLike(archive, /^word\/(document|header\d*|footer\d*|footnotes|endnotes)\.xml$/).some((xml) =>
      word.test(xml),
    ) || partsLike(archive, /^content\.xml$/).some((xml) => xml.includes('<text:tracked-changes'))
  );
}

function deletedTexts(archive: Archive): string[] {
  const word = partsLike(archive, /^word\/(document|header\d*|footer\d*|footnotes|endnotes)\.xml$/).flatMap((xml) =>
    ['w:del', 'w:moveFrom'].flatMap((element) => textsInside(xml, element, new Set(['w:delText', 'w:t']))),
  );
  const open = partsLike(archive, /^content\.xml$/).flatMap((xml) =>
    textsInside(xml, 'text:deletion', new Set(['text:p', 'text:span', 'text:h'])),
  );
  return [...word, ...open].map(({ text }) => text);
}

/** @throws UnreadableFile when a part is not XML: a program might show what stands before the break and drop the rest */
export function requireWellFormed(archive: Archive): void {
  for (const [name, content] of archive) {
    if (!/\.(xml|rels)$/.test(name)) continue;
    try {
      new SaxesParser().write(content.toString('utf8')).close();
    } catch {
      throw new UnreadableFile('damaged', 'En del af dokumentet er ødelagt.');
    }
  }
}

function section(title: string, texts: string[]): ReadingBlock[] {
  if (texts.length === 0) return [];
  return [{ kind: 'heading', level: 2, text: title }, ...texts.map((text) => ({ kind: 'paragraph' as const, text }))];
}

/**
 * What a page of the document does not show: comments, deleted text of tracked changes, speaker notes. Empty when there is
 * none. The archive is the stripped one, whose parts are UTF-8.
 */
export function officeExtras(archive: Archive, notes: ConversionNotes): ReadingBlock[] {
  const comments = [
    ...wordComments(archive),
    ...workbookComments(archive),
    ...openDocumentComments(archive),
    ...slideComments(archive),
  ];
  if (comments.length > 0) notes.add('comments-added');
  if (hasTrackedChanges(archive)) notes.add('tracked-changes');
  const speaker = speakerNotes(archive);
  if (speaker.length > 0) notes.add('speaker-notes-added');
  return [
    ...section('Kommentarer', comments),
    ...section('Slettet tekst (registrerede ændringer)', deletedTexts(archive)),
    ...section('Noter til taleren', speaker),
  ];
}

/** Running text of Word that a plain reading does not reach: page headers and footers, each different text once. */
export function wordHeadersAndFooters(archive: Archive): ReadingBlock[] {
  const texts = partsLike(archive, /^word\/(header|footer)\d*\.xml$/).flatMap((xml) =>
    [...textsInside(xml, 'w:hdr', new Set(['w:t'])), ...textsInside(xml, 'w:ftr', new Set(['w:t']))].map(
      ({ text }) => text,
    ),
  );
  return section('Sidehoved og sidefod', [...new Set(texts)]);
}

/** All text of the body in order, a paragraph a line; deleted text, comments and notes are not in it. */
export function wordBodyText(archive: Archive): string {
  const xml = part(archive, 'word/document.xml') ?? '';
  return textsInside(xml, 'w:body', new Set(['w:t']))
    .map(({ text }) => text)
    .join('\n');
}

/** The same for either kind of text document. */
export function bodyText(archive: Archive): string {
  if (archive.has('word/document.xml')) return wordBodyText(archive);
  const xml = (part(archive, 'content.xml') ?? '').replace(
    /<(text:tracked-changes|office:annotation|text:note)\b[\s\S]*?<\/\1>/g,
    '',
  );
  return textsInside(xml, 'office:text', new Set(['text:p', 'text:h', 'text:span', 'text:a']))
    .map(({ text }) => text)
    .join('\n');
}
