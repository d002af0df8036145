import { detect } from '../../personal-data';
import { closeOcr, PdfEngine } from '../../pdf';
import type { Figure } from '../bench';
import { scoreCase, together, type CaseScore } from './case-score';
import { mistyped, reread, upperCase, withoutDiacritics } from './channels';
import { GROUPS } from './groups';
import type { LabelledCase } from './labelled-case';
import { onPaper, readBack, scanned } from './paper';

/** The same cases as they come by other ways; PDF and scans beside the plain text of the very same cases. */
export async function* channelFigures(cases: LabelledCase[], scans: number): AsyncIterable<Figure> {
  yield figure('plain text', cases);
  yield figure('upper case', cases.map(upperCase));
  yield figure('without diacritics', cases.map(withoutDiacritics));
  yield figure('3 % typing errors', cases.map(mistyped(0.03)));
  const engine = new PdfEngine();
  try {
    const printed: LabelledCase[] = [];
    for (const one of cases) printed.push(reread(one, await readBack(engine, await onPaper(one.text))));
    yield figure('PDF', printed);
    const sample = spread(cases, scans);
    const read: LabelledCase[] = [];
    for (const one of sample) {
      const text = await scanned(engine, await onPaper(one.text));
      if (text !== null) read.push(reread(one, text));
    }
    yield figure('plain text of the scanned cases', sample);
    if (read.length > 0) yield figure('OCR of noisy 200-dpi scans', read);
    else yield { what: 'OCR of noisy 200-dpi scans: no reading program on this machine', value: 0, unit: 'cases' };
  } finally {
    await engine.close();
    await closeOcr();
  }
}

function figure(channel: string, cases: LabelledCase[]): Figure {
  const scores = cases.map((one) => scoreCase(one, detect(one.text, one.register)));
  const sum = together(scores);
  const detail: Record<string, unknown> = { cases: cases.length };
  for (const group of GROUPS) detail[group.name] = percent(group.of(sum));
  return { what: `third-party names: ${channel}`, value: percent(GROUPS[0]!.of(sum)), unit: '%', detail };
}

/** Evenly over the cases, so that every author has a share. */
function spread(cases: LabelledCase[], count: number): LabelledCase[] {
  const step = Math.max(1, Math.floor(cases.length / count));
  return cases.filter((_, at) => at % step === 0).slice(0, count);
}

function percent({ hit, all }: CaseScore['persons']): number {
  return Number(((100 * hit) / all).toFixed(1));
}
