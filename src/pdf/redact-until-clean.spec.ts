import type { LeakFinding, LeakReport } from '../contracts';
import type { RedactResult } from './engine/pdf-engine';
import { redactUntilClean } from './redact-until-clean';

const PAGES = 4;

function report(found: Partial<LeakFinding>[]): LeakReport {
  const findings = found.map((each) => ({ check: 'object-text', engine: 'a', message: 'Found.', ...each }));
  const checks = findings.map(({ check, engine }) => ({ name: check, engine, version: '1', verdict: 'fail' as const }));
  return { verdict: findings.length > 0 ? 'fail' : 'pass', pages: PAGES, sha256: '', checks, findings };
}

/** Which pages became pictures in each attempt, when the gate finds these things one attempt after the other. */
async function attempts(...found: Partial<LeakFinding>[][]): Promise<{ drawn: number[][]; verdict: string }> {
  const drawn: number[][] = [];
  const { verdict } = await redactUntilClean(
    async (rasterise): Promise<RedactResult> => {
      drawn.push([...rasterise]);
      const rasterised = rasterise.map((page) => ({ page, why: 'hidden-text-left' as const }));
      return { rasterised, rasterisedPages: [...rasterise], pages: PAGES, applied: {}, changedPixels: 0 };
    },
    async () => ({ report: report(found[drawn.length - 1] ?? []) }),
  );
  return { drawn, verdict: verdict.report.verdict };
}

describe('a file that the gate refuses', () => {
  it('is made once when it passes', async () => {
    expect(await attempts([])).toEqual({ drawn: [[]], verdict: 'pass' });
  });

  it('is made again with the pages that draw with the object, and no others', async () => {
    expect(await attempts([{ usedOn: [2] }, { usedOn: [0, 2] }, {}])).toEqual({ drawn: [[], [0, 2]], verdict: 'pass' });
  });

  it('is made again with the pages whose pictures cannot be decoded', async () => {
    expect(await attempts([{ check: 'structure', usedOn: [3] }])).toEqual({ drawn: [[], [3]], verdict: 'pass' });
  });

  it('is made again with all its pages when the object belongs to none', async () => {
    expect(await attempts([{}])).toEqual({ drawn: [[], [0, 1, 2, 3]], verdict: 'pass' });
  });

  it('is made again with all its pages when those concerned were not enough', async () => {
    expect(await attempts([{ usedOn: [1] }], [{}])).toEqual({ drawn: [[], [1], [0, 1, 2, 3]], verdict: 'pass' });
  });

  it('stays refused when pictures do not help', async () => {
    expect(await attempts([{}], [{}])).toEqual({ drawn: [[], [0, 1, 2, 3]], verdict: 'fail' });
    expect(await attempts([{ usedOn: [1] }], [{}], [{}])).toMatchObject({ verdict: 'fail' });
  });

  it('is not made again when anything that is seen was found', async () => {
    expect(await attempts([{ usedOn: [1] }, { check: 'page-text', page: 1 }])).toEqual({
      drawn: [[]],
      verdict: 'fail',
    });
  });
});
