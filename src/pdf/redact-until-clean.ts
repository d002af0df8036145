import type { LeakReport } from '../contracts';
import type { RedactResult } from './engine/pdf-engine';

/**
 * Checks of what nobody sees on a page: what they find is gone when the page is a picture. Among what is wrong with the
 * structure of a file that was made by us there are only streams that were damaged before, as of pictures.
 */
const UNSEEN = new Set(['object-text', 'unpainted-text', 'structure-text', 'layers', 'structure']);

interface Reported {
  report: LeakReport;
  /** Decides in its place, where text that is seen fails the report but does not stop the file. */
  decisive?: LeakReport;
}

interface Attempt<Verdict> {
  result: RedactResult;
  verdict: Verdict;
}

/**
 * Redacts, and looks for what is left. A file that the gate refuses only for what nobody sees is made once more with the pages
 * concerned as pictures, and with all its pages as pictures when that was not enough or no page is concerned. The gate has
 * the last word every time.
 *
 * @param redact makes the file; the given pages (from 0) become pictures
 * @param check the gate's verdict on the file that was just made
 */
export async function redactUntilClean<Verdict extends Reported>(
  redact: (rasterise: readonly number[]) => Promise<RedactResult>,
  check: (result: RedactResult) => Promise<Verdict>,
): Promise<Attempt<Verdict>> {
  const attempt = async (pages: readonly number[]): Promise<Attempt<Verdict>> => {
    const result = await redact(pages);
    return { result, verdict: await check(result) };
  };
  const first = await attempt([]);
  const concerned = pagesToDraw(first);
  if (concerned.length === 0) return first;
  const second = await attempt(concerned);
  return pagesToDraw(second).length === 0 ? second : attempt(everyPage(second));
}

/** The pages that are no pictures yet and should be; none when the file passes or was refused for what is seen. */
function pagesToDraw<Verdict extends Reported>({ result, verdict }: Attempt<Verdict>): number[] {
  const report = verdict.decisive ?? verdict.report;
  const failed = report.checks.filter((check) => check.verdict === 'fail');
  if (failed.length === 0 || failed.some(({ name }) => !UNSEEN.has(name))) return [];
  const found = report.findings.filter(({ check }) => UNSEEN.has(check));
  const concerned = new Set(found.flatMap(({ page, usedOn = [] }) => (page === undefined ? usedOn : [page])));
  const isLeft = (page: number): boolean => !result.rasterisedPages.includes(page);
  const left = [...concerned].filter(isLeft).sort((a, b) => a - b);
  return left.length > 0 ? left : everyPage({ result }).filter(isLeft);
}

function everyPage({ result }: { result: RedactResult }): number[] {
  return Array.from({ length: result.pages }, (_, page) => page);
}
