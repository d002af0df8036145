import type { ScannedFile } from './object-scan';
import { entry, type PdfValue } from './pdf-syntax';
import type { ScanFinding } from './scan-checks';

/** A page tree deeper than this is broken or goes in a circle. */
const DEEPEST_TREE = 60;

/** The same findings, each with the pages that draw with the object in which it was found. */
export function withPages(found: readonly ScanFinding[], file: ScannedFile): ScanFinding[] {
  const wanted = new Set(found.flatMap(({ object }) => object ?? []));
  if (wanted.size === 0) return [...found];
  const pages = pagesUsing(file, wanted);
  return found.map((finding) => {
    const usedOn = finding.object === undefined ? undefined : pages.get(finding.object);
    return usedOn ? { ...finding, usedOn } : finding;
  });
}

function pagesUsing(file: ScannedFile, wanted: ReadonlySet<number>): Map<number, number[]> {
  const values = new Map(file.objects.map(({ number, value }) => [number, value]));
  const pages = new Map<number, number[]>();
  pagesInOrder(file, values).forEach((page, index) => {
    for (const number of usedBy(page, values)) {
      if (wanted.has(number)) pages.set(number, [...(pages.get(number) ?? []), index]);
    }
  });
  return pages;
}

type Values = ReadonlyMap<number, PdfValue>;

/** The numbers of the page objects as the page tree orders them. */
function pagesInOrder(file: ScannedFile, values: Values): number[] {
  const found: number[] = [];
  const visit = (value: PdfValue | undefined, depth: number): void => {
    if (value?.kind !== 'reference' || depth > DEEPEST_TREE) return;
    const kids = resolved(entry(values.get(value.object), 'Kids'), values);
    if (kids?.kind === 'array') for (const kid of kids.items) visit(kid, depth + 1);
    else found.push(value.object);
  };
  const root = file.trailers.map((trailer) => entry(trailer, 'Root')).find((value) => value !== undefined);
  visit(entry(resolved(root, values), 'Pages'), 0);
  return found;
}

function resolved(value: PdfValue | undefined, values: Values): PdfValue | undefined {
  return value?.kind === 'reference' ? values.get(value.object) : value;
}

/** The page itself and every object that it leads to; the way up the tree would lead to all pages. */
function usedBy(page: number, values: Values): Set<number> {
  const seen = new Set<number>();
  const waiting = [page];
  for (let number = waiting.pop(); number !== undefined; number = waiting.pop()) {
    if (seen.has(number)) continue;
    seen.add(number);
    const value = values.get(number);
    if (value) waiting.push(...referencesDown(value));
  }
  return seen;
}

function referencesDown(value: PdfValue): number[] {
  if (value.kind === 'reference') return [value.object];
  if (value.kind === 'array') return value.items.flatMap(referencesDown);
  if (value.kind !== 'dictionary') return [];
  return [...value.entries].flatMap(([key, inner]) => (key === 'Parent' ? [] : referencesDown(inner)));
}
