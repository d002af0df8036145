import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PartyRegister, SpanType } from '../contracts';
import { detect } from './index';

interface Label {
  start: number;
  end: number;
  type: SpanType;
  redact: boolean;
  soft: boolean;
}

const FOLDER = join(__dirname, '../../test/data/cases');
const names = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.txt'))
  .map((file) => file.slice(0, -4));

const read = <T>(file: string): T => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as T;

/** The share of labels of these types whose letters and figures are all proposed. */
function measure(): { covered(...types: SpanType[]): number; keptTouched: number; unlabelled: number } {
  const hits = new Map<SpanType, [full: number, all: number]>();
  const kept = [0, 0];
  const words = [0, 0];
  for (const name of names) {
    const text = readFileSync(join(FOLDER, `${name}.txt`), 'utf8');
    const { not_in_register: _hidden, ...register } = read<PartyRegister & { not_in_register: unknown }>(
      `${name}.register.json`,
    );
    const removed = new Uint8Array(text.length);
    for (const span of detect(text, register)) if (span.redact) removed.fill(1, span.start, span.end);
    const labelled = new Uint8Array(text.length);
    for (const label of read<{ labels: Label[] }>(`${name}.json`).labels) {
      labelled.fill(1, label.start, label.end);
      if (label.soft) continue;
      const letters = [...Array(label.end - label.start).keys()]
        .map((at) => label.start + at)
        .filter((at) => /[\p{L}\p{N}]/u.test(text[at]!));
      if (!label.redact) {
        kept[0]! += letters.some((at) => removed[at]) ? 1 : 0;
        kept[1]! += 1;
        continue;
      }
      const [full, all] = hits.get(label.type) ?? [0, 0];
      hits.set(label.type, [full + (letters.every((at) => removed[at]) ? 1 : 0), all + 1]);
    }
    for (const word of text.matchAll(/[\p{L}\p{N}_]+/gu)) {
      if (labelled[word.index]) continue;
      words[0]! += removed[word.index]!;
      words[1]! += 1;
    }
  }
  return {
    covered: (...types) => {
      const sums = types.map((type) => hits.get(type) ?? [0, 0]);
      return sums.reduce((sum, [full]) => sum + full!, 0) / sums.reduce((sum, [, all]) => sum + all!, 0);
    },
    keptTouched: kept[0]! / kept[1]!,
    unlabelled: words[0]! / words[1]!,
  };
}

/** Lower bounds a little under what was measured: they guard against getting worse, they are not the aim. */
describe('detection on the labelled cases', () => {
  const figures = measure();

  it('reads all 36 cases', () => expect(names).toHaveLength(36));
  it('covers CPR numbers', () => expect(figures.covered('CPR', 'CPR_PARTIAL')).toBeGreaterThanOrEqual(0.99));
  it('covers phones, e-mails, accounts and plates', () =>
    expect(figures.covered('PHONE', 'EMAIL', 'BANK_ACCOUNT', 'PLATE')).toBeGreaterThanOrEqual(0.99));
  it('covers third-party names', () => expect(figures.covered('NAME')).toBeGreaterThanOrEqual(0.98));
  it('covers addresses', () => expect(figures.covered('ADDRESS')).toBeGreaterThanOrEqual(0.965));
  it('covers relations', () => expect(figures.covered('RELATION')).toBeGreaterThanOrEqual(0.91));
  it('covers health, crime and money', () =>
    expect(figures.covered('HEALTH', 'CRIMINAL', 'FINANCE')).toBeGreaterThanOrEqual(0.77));
  it('touches few labels that the citizen keeps', () => expect(figures.keptTouched).toBeLessThanOrEqual(0.072));
  it('proposes few words that nobody labelled', () => expect(figures.unlabelled).toBeLessThanOrEqual(0.053));
});
