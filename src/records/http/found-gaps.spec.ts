import { SourceError, type RunContext, type SourceGap } from '../../contracts';
import { readOrGap } from './found-gaps';

const refused = (errorClass: SourceError['errorClass']): Promise<never> =>
  Promise.reject(new SourceError(errorClass, 'Asking for case 7: refused.', false));
const subject = { sourceCaseId: '7', name: 'Sagen 7' };

describe('an item that a system refuses', () => {
  const { signal } = new AbortController();
  const gaps: SourceGap[] = [];
  const context: RunContext = { runId: 'run-1', signal, reportGap: (gap) => void gaps.push(gap) };
  beforeEach(() => gaps.splice(0));

  it('is what the system gave when it was not refused', async () => {
    expect(await readOrGap(Promise.resolve('case'), subject, context)).toBe('case');
    expect(gaps).toEqual([]);
  });

  it.each(['forbidden', 'not_found'] as const)('becomes a gap when it is %s', async (kind) => {
    expect(await readOrGap(refused(kind), subject, context)).toBeUndefined();
    expect(gaps).toEqual([{ kind, sourceCaseId: '7', sentence: expect.stringMatching(/^Sagen 7 .*\.$/) }]);
  });

  it('stays an error when the system is in trouble', async () => {
    await expect(readOrGap(refused('unavailable'), subject, context)).rejects.toThrow('refused');
  });

  it('stays an error when nobody would be told of the gap', async () => {
    await expect(readOrGap(refused('forbidden'), subject, { runId: 'run-1', signal })).rejects.toThrow('refused');
  });
});
