import { PDFArray, PDFDict, PDFName, PDFRef, PDFStream, type PDFObject } from 'pdf-lib';
import { annotationsOf } from './bake-annotations';
import { HIDDEN_TEXT_LIMIT, type HiddenContent, type HiddenKind } from './hidden-content';
import { Layers } from './layers';
import { decodeStream } from './decode-stream';
import type { PageSource } from './page-source';
import { readable, plainText } from './source-text';

type Tell = (kind: HiddenKind, text: string, page?: number) => void;

const ANNOTATION_TEXTS = ['T', 'Subj', 'Contents', 'RC'];
const FIELD_TEXTS = ['TU', 'V', 'DV'];
const MAX_NODES = 50_000;

function tellInto(found: HiddenContent[]): Tell {
  return (kind, text, page) => {
    const trimmed = text.trim().slice(0, HIDDEN_TEXT_LIMIT);
    if (trimmed !== '') found.push(page === undefined ? { kind, text: trimmed } : { kind, page, text: trimmed });
  };
}

/** What annotations and form fields of a page (from 0) say and the page does not show. */
export function collectHiddenOfPage(document: PageSource, page: number): HiddenContent[] {
  const found: HiddenContent[] = [];
  collectAnnotations(document, page, tellInto(found));
  return found;
}

/** False when the file's own objects made the step fail: what can be read elsewhere is still told. */
function isCarriedOut(step: () => void): boolean {
  try {
    step();
    return true;
  } catch {
    return false;
  }
}

/** Everything that a document holds beside its pages and that sanitising takes away, for the caseworker to see. */
export function collectHidden(document: PageSource): HiddenContent[] {
  const found: HiddenContent[] = [];
  const tell = tellInto(found);
  const tree = (key: string, texts: string[], kind: HiddenKind) => () =>
    collectTree(document, document.catalog.get(PDFName.of(key)), texts, kind, tell);
  const steps = [
    () => collectMetadata(document, tell),
    tree('Outlines', ['Title'], 'bookmark'),
    tree('StructTreeRoot', ['ActualText', 'Alt', 'E', 'T'], 'replacement-text'),
    tree('PageLabels', ['P'], 'metadata'),
    () => collectNames(document, tell),
    () => {
      for (const name of new Layers(document).offNames) tell('layer', `Laget "${name}" var slået fra.`);
    },
  ];
  const isWhole = steps.map((step) => isCarriedOut(step)).every(Boolean);
  if (!isWhole) tell('metadata', 'En del af det skjulte indhold i filen er beskadiget og kunne ikke læses.');
  return found;
}

function collectAnnotations(document: PageSource, index: number, tell: Tell): void {
  const { context } = document;
  for (const annotation of annotationsOf(document.page(index), context)) {
    const subtype = context.lookup(annotation.get(PDFName.of('Subtype')))?.toString();
    const isField = subtype === '/Widget';
    const parent = context.lookup(annotation.get(PDFName.of('Parent')));
    const holders = isField && parent instanceof PDFDict ? [annotation, parent] : [annotation];
    for (const holder of holders) {
      const keys = isField ? FIELD_TEXTS : ANNOTATION_TEXTS;
      const texts = keys
        .map((key) => readable(holder.get(PDFName.of(key)), context))
        .map((text) => plainText(Buffer.from(text).toString('latin1')));
      tell(isField ? 'form-value' : 'annotation', texts.filter((text) => text !== '').join(' · '), index);
    }
    const action = context.lookup(annotation.get(PDFName.of('A')));
    if (action instanceof PDFDict) tell('annotation', readable(action.get(PDFName.of('URI')), context), index);
  }
}

function collectMetadata(document: PageSource, tell: Tell): void {
  const { context, catalog } = document;
  const info = context.lookup(context.trailerInfo.Info);
  if (info instanceof PDFDict) {
    for (const [key, value] of info.entries()) {
      const text = readable(value, context);
      if (text !== '') tell('metadata', `${key.decodeText()}: ${text}`);
    }
  }
  const xmp = context.lookup(catalog.get(PDFName.of('Metadata')));
  if (xmp instanceof PDFStream) tell('metadata', plainText(decodeStream(xmp)));
}

function collectNames(document: PageSource, tell: Tell): void {
  const { context, catalog } = document;
  const names = context.lookup(catalog.get(PDFName.of('Names')));
  if (names instanceof PDFDict) {
    collectTree(document, names.get(PDFName.of('EmbeddedFiles')), ['UF', 'F', 'Desc'], 'attachment', tell);
    collectTree(document, names.get(PDFName.of('JavaScript')), ['JS'], 'script', tell);
  }
  collectTree(document, catalog.get(PDFName.of('AF')), ['UF', 'F', 'Desc'], 'attachment', tell);
  collectTree(document, catalog.get(PDFName.of('OpenAction')), ['JS'], 'script', tell);
}

/** Walks dictionaries and arrays from a root without leaving through pages, and tells the texts under the given keys. */
function collectTree(
  document: PageSource,
  root: PDFObject | undefined,
  keys: string[],
  kind: HiddenKind,
  tell: Tell,
): void {
  const { context } = document;
  const seen = new Set<PDFObject>();
  const waiting: PDFObject[] = root ? [root] : [];
  while (waiting.length > 0 && seen.size < MAX_NODES) {
    const next = waiting.pop()!;
    const object = next instanceof PDFRef ? context.lookup(next) : next;
    if (!object || seen.has(object)) continue;
    seen.add(object);
    if (object instanceof PDFArray) waiting.push(...object.asArray());
    if (!(object instanceof PDFDict) || object.get(PDFName.of('Type'))?.toString() === '/Page') continue;
    for (const [key, value] of object.entries()) {
      const text = keys.includes(key.decodeText()) ? readable(value, context) : '';
      if (text !== '') tell(kind, text);
      else if (!['Parent', 'Prev', 'P', 'Pg', 'Dest', 'ParentTree'].includes(key.decodeText())) waiting.push(value);
    }
  }
}
