import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { missingProgram } from '../../../test/support/missing-program';
import { detect } from '../../personal-data';
import { scoreCase, together } from './case-score';
import { byAuthor, readCases } from './labelled-case';

const FOLDER = join(__dirname, '../../../test/data/cases');
const JUDGE = join(FOLDER, 'score.py');
const isUnjudged = missingProgram('python3', 'that the counts are those of score.py');

describe('the counts of labelled cases', () => {
  const cases = readCases(FOLDER);

  it('never hand out who occurs only in the text', () => {
    expect(cases).toHaveLength(36);
    for (const { register } of cases) expect(register).not.toHaveProperty('not_in_register');
  });

  it('know two authors', () => expect([...byAuthor(cases).keys()]).toEqual(['a', 'b']));

  it('count a label as covered only when all its letters are, and a person as leaked when one identifier is', () => {
    const label = { type: 'NAME' as const, person: 'P', role: 'neighbour, notifier', redact: true, soft: false };
    const one = {
      name: 'x',
      text: 'Bo Lund og Bo',
      register: { case: 'x', requester: 'R', parties: [] },
      labels: [
        { ...label, start: 0, end: 7 },
        { ...label, start: 11, end: 13 },
      ],
    };
    const half = scoreCase(one, [{ start: 0, end: 7 }]);
    expect(half.types.get('NAME')!.spans).toEqual({ hit: 1, all: 2 });
    expect(half.protectedLeaked).toEqual({ hit: 1, all: 1 });
    expect(half.unlabelledWords).toEqual({ hit: 0, all: 1 });
    const whole = scoreCase(one, [{ start: 0, end: 13 }]);
    expect(whole.persons).toEqual({ hit: 1, all: 1 });
    expect(whole.unlabelledWords).toEqual({ hit: 1, all: 1 });
  });

  (isUnjudged ? it.skip : it)('are those of score.py', () => {
    // The judge reads its own folder as cases, so the predictions lie in another.
    const folder = mkdtempSync(join(tmpdir(), 'aktindsigt-score-'));
    const predicted = mkdtempSync(join(tmpdir(), 'aktindsigt-predicted-'));
    try {
      cpSync(FOLDER, folder, { recursive: true });
      const found = cases.map((one) => ({ one, spans: detect(one.text, one.register) }));
      for (const { one, spans } of found)
        writeFileSync(join(predicted, `${one.name}.pred.json`), JSON.stringify(spans));
      const judged = execFileSync('python3', [join(folder, 'score.py'), predicted], { encoding: 'utf8' });
      expect(judged).toContain(asScorePrints(found.map(({ one, spans }) => scoreCase(one, spans))));
    } finally {
      for (const each of [folder, predicted]) rmSync(each, { recursive: true, force: true });
    }
  });

  it('have their judge beside them', () => expect(readFileSync(JUDGE, 'utf8')).toContain('keep-labels'));
});

/** The table and the last line of `score.py`, from our counts. */
function asScorePrints(scores: ReturnType<typeof scoreCase>[]): string {
  const sum = together(scores);
  const types = [...sum.types].sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = types.map(
    ([name, { spans, letters }]) =>
      `${name.padEnd(14)}${String(spans.hit).padStart(4)}/${String(spans.all).padEnd(4)} spans  char recall ${((100 * letters.hit) / letters.all).toFixed(1)}%`,
  );
  const all = types.reduce((total, [, { spans }]) => total + spans.all, 0);
  const hit = types.reduce((total, [, { spans }]) => total + spans.hit, 0);
  const share = (part: { hit: number; all: number }): string => `${part.hit}/${part.all}`;
  return [
    ...lines,
    `ALL redact spans ${hit}/${all} = ${((100 * hit) / all).toFixed(1)}% | third persons with no leaked direct identifier ${share(sum.persons)} | keep-labels wrongly touched ${share(sum.keptTouched)} | unlabelled words redacted ${share(sum.unlabelledWords)} | soft touched ${share(sum.softTouched)}`,
  ].join('\n');
}
