import type { LeakReport } from '../../contracts';
import { failedPart, reportOf, sha256Of, type GatePart } from './gate-parts';
import type { GateFiles, GateRules, GateShare } from './verify';

/** Pages that one process judges at a time. */
const PAGES = 100;
/** Reading costs a second or two a page. */
const READ_PAGES = 10;

/** Carries out one share in a process of its own; rejects when that process was stopped or died. */
export type RunShare = (args: { files: GateFiles; rules: GateRules; share: GateShare }) => Promise<GatePart>;

/** The gate on one file, its shares side by side in other processes. Fails closed: a share that has no answer is a failure. */
export async function verifyInShares(
  run: RunShare,
  pdf: string,
  { original, ...rules }: GateRules & { original?: string },
): Promise<LeakReport> {
  const files: GateFiles = { pdf, ...(original === undefined ? {} : { original }) };
  const answer = (share: GateShare): Promise<GatePart> =>
    run({ files, rules: rulesFor(rules, share), share }).catch((error: unknown) => failedPart(whyOf(error)));
  const whole = answer({ kind: 'file' });
  // The first pages do not wait for the scan of the whole file; how many there are is known from either.
  const first = await answer({ kind: 'pages', first: 0, end: PAGES });
  const pages = await Promise.all(rowsOf(PAGES, first.pages, PAGES).map(answer));
  const toRead = [first, ...pages].flatMap((part) => part.toRead ?? []);
  const reading = await Promise.all(chunks(toRead).map((list) => answer({ kind: 'reading', pages: list })));
  return reportOf(await hashOf(pdf), [first, ...pages, ...reading, await whole]);
}

function rowsOf(from: number, pages: number, size: number): GateShare[] {
  const rows: GateShare[] = [];
  for (let first = from; first < pages; first += size)
    rows.push({ kind: 'pages', first, end: Math.min(pages, first + size) });
  return rows;
}

/** Only what concerns the share travels to its process. Which boxes there are is the whole file's business. */
function rulesFor(rules: GateRules, share: GateShare): GateRules {
  if (share.kind === 'file') return { ...rules, boxes: keysOnly(rules.boxes), kept: [], readBefore: undefined };
  const isOurs = (page: number): boolean =>
    share.kind === 'pages' ? page >= share.first && page < share.end : share.pages.includes(page);
  return {
    ...rules,
    boxes: ofPages(rules.boxes, isOurs),
    kept: rules.kept?.filter(({ page }) => isOurs(page)),
    rasterisedPages: rules.rasterisedPages?.filter(isOurs),
    readBefore: share.kind === 'pages' ? ofPages(rules.readBefore, isOurs) : undefined,
  };
}

function ofPages<T>(all: Readonly<Record<string, T>> | undefined, isOurs: (page: number) => boolean) {
  return all && Object.fromEntries(Object.entries(all).filter(([page]) => isOurs(Number(page))));
}

function keysOnly(boxes: GateRules['boxes']): GateRules['boxes'] {
  return boxes && Object.fromEntries(Object.keys(boxes).map((page) => [page, []]));
}

/** At least one share, so that the check is told even when there is nothing to read. */
function chunks(pages: readonly number[]): number[][] {
  const all: number[][] = [];
  for (let at = 0; at < pages.length; at += READ_PAGES) all.push(pages.slice(at, at + READ_PAGES));
  return all.length > 0 ? all : [[]];
}

async function hashOf(pdf: string): Promise<string> {
  try {
    return await sha256Of(pdf);
  } catch {
    // The check "readable" has failed on the same file.
    return '';
  }
}

/** The class of an error only: its message may quote the file. */
function whyOf(error: unknown): string {
  return `${error instanceof Error ? error.name : 'unknown error'}.`;
}
