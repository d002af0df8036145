import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/types/src/display/api';
import type { PageFinding } from './page-checks';
import type { TermSearch } from './terms';

/** What a check of the whole file answers with; `grave` false is told without failing. */
export type DocumentFinding = Omit<PageFinding, 'page' | 'box'>;

/** Titles, producers, XMP: any term fails; their presence alone is told. */
export async function checkMetadata(document: PDFDocumentProxy, search: TermSearch): Promise<DocumentFinding[]> {
  const { info, metadata } = await document.getMetadata();
  const found = hits([info, metadata?.getRaw()], search, 'The metadata of the file', true);
  const named = Object.keys(info ?? {}).filter((key) => ['Author', 'Subject', 'Keywords', 'Custom'].includes(key));
  if (named.length > 0) found.push(told(`The metadata of the file fills in ${named.join(', ')}.`));
  return found;
}

/** Bookmarks, named destinations and page labels. */
export async function checkNavigation(document: PDFDocumentProxy, search: TermSearch): Promise<DocumentFinding[]> {
  const [outline, destinations, labels] = await Promise.all([
    document.getOutline(),
    document.getDestinations(),
    document.getPageLabels(),
  ]);
  return [
    ...hits(titles(outline), search, 'A bookmark'),
    ...hits([...Object.keys(destinations ?? {})], search, 'A named destination'),
    ...hits([...new Set(labels ?? [])], search, 'A page label'),
  ];
}

function titles(nodes: unknown): unknown[] {
  return ((nodes ?? []) as { title: string; url?: string; items: unknown }[]).flatMap((node) => [
    node.title,
    node.url,
    ...titles(node.items),
  ]);
}

/** Files inside the file cannot be vouched for, whatever they hold. */
export async function checkAttachments(document: PDFDocumentProxy): Promise<DocumentFinding[]> {
  const attachments = Object.keys((await document.getAttachments()) ?? {}).length;
  return attachments === 0 ? [] : [grave(`The file carries ${attachments} attached file(s). Take them out.`)];
}

/** Values of form fields, and XFA forms. */
export async function checkForm(document: PDFDocumentProxy, search: TermSearch): Promise<DocumentFinding[]> {
  const fields = ((await document.getFieldObjects()) ?? {}) as unknown as Record<string, { value?: unknown }[]>;
  const all = Object.values(fields).flat();
  const filled = all.filter(({ value }) => value !== undefined && value !== null && value !== '' && value !== 'Off');
  const found = hits([fields], search, 'A form field', true);
  if (filled.length > 0)
    found.push(grave(`${filled.length} form field(s) of the file hold a value. Flatten the form.`));
  if (document.isPureXfa) found.push(grave('The file is an XFA form, which shows other text than its pages hold.'));
  return found;
}

/** Programs inside the file. */
export async function checkScripts(document: PDFDocumentProxy): Promise<DocumentFinding[]> {
  return (await document.hasJSActions()) ? [grave('The file runs JavaScript. Take it out.')] : [];
}

/** Layers that can be switched on. */
export async function checkLayers(document: PDFDocumentProxy): Promise<DocumentFinding[]> {
  const config = await document.getOptionalContentConfig({ intent: 'display' });
  const groups = [...config] as unknown as [string, { visible: boolean }][];
  const off = groups.filter(([, group]) => !group.visible).length;
  if (off > 0) return [grave(`${off} layer(s) of the file are hidden. Take them out or show them for good.`)];
  return groups.length > 0 ? [told(`The file has ${groups.length} layer(s) that can be switched off.`)] : [];
}

/** Comments, links and redaction marks of one page. */
export async function checkAnnotations(page: PDFPageProxy, search: TermSearch): Promise<PageFinding[]> {
  const annotations = (await page.getAnnotations({ intent: 'any' })) as { subtype?: string; rect?: number[] }[];
  const index = page.pageNumber - 1;
  const found: PageFinding[] = [];
  for (const annotation of annotations) {
    const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = annotation.rect ?? [];
    const at = { page: index, box: [x0, y0, x1, y1] as const };
    found.push(...hits([annotation], search, 'An annotation', true).map((finding) => ({ ...finding, ...at })));
    if (annotation.subtype === 'Redact') {
      found.push({ ...grave('A redaction mark was drawn, but never applied: the text is still there.'), ...at });
    } else if (annotation.subtype !== 'Link' && annotation.subtype !== 'Widget') {
      found.push({ ...told(`The page holds an annotation of the kind ${String(annotation.subtype)}.`), ...at });
    }
  }
  return found;
}

/** Alternate text, actual text and titles of the structure tree of one page. */
export async function checkStructureText(page: PDFPageProxy, search: TermSearch): Promise<PageFinding[]> {
  const tree = await page.getStructTree();
  return hits([tree], search, 'The structure tree', true).map((finding) => ({ ...finding, page: page.pageNumber - 1 }));
}

function hits(values: unknown[], search: TermSearch, where: string, parts = false): DocumentFinding[] {
  const found = new Map<number, DocumentFinding>();
  for (const text of values.flatMap((value) => stringsIn(value))) {
    for (const { term } of search.find(text, 'text', parts)) {
      found.set(term, { ...grave(`${where} holds a text that must be gone.`), term });
    }
  }
  return [...found.values()];
}

/** All strings inside a value that pdf.js gave, without following circles or pixel data. */
function stringsIn(value: unknown, depth = 0): string[] {
  if (typeof value === 'string') return [value];
  if (value === null || typeof value !== 'object' || depth > 12 || ArrayBuffer.isView(value)) return [];
  const entries = value instanceof Map ? [...value.entries()].flat() : Object.values(value);
  return entries.flatMap((inner) => stringsIn(inner, depth + 1));
}

function grave(message: string): DocumentFinding {
  return { message, grave: true };
}

function told(message: string): DocumentFinding {
  return { message, grave: false };
}
