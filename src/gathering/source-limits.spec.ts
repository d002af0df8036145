import type { Settings } from '../platform/settings';
import { SourceLimits } from './source-limits';

const limits = (budget = 60_000) => new SourceLimits({ SOURCE_BUDGET_MS: budget } as Settings);
const { signal } = new AbortController();

function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open: () => open(), opened };
}

describe('the limit of a source', () => {
  it('lets two runs of one source in, and others pass while the third waits', async () => {
    const slow = limits();
    const hold = gate();
    const begun: string[] = [];
    const run = (source: string, name: string) =>
      slow.within(source, signal, async () => {
        begun.push(name);
        if (source === 'slow') await hold.opened;
      });
    const first = [run('slow', 'a'), run('slow', 'b'), run('slow', 'c')];
    await run('quick', 'd');
    expect(begun).toEqual(['a', 'b', 'd']);
    hold.open();
    await Promise.all(first);
    expect(begun).toEqual(['a', 'b', 'd', 'c']);
  });

  it('stops a run whose budget is spent with a fault that is tried again, and gives its place on', async () => {
    const short = limits(5);
    const endless = (bounded: AbortSignal) =>
      new Promise<void>((_resolve, reject) => bounded.addEventListener('abort', () => reject(bounded.reason)));
    for (const _run of [1, 2, 3])
      await expect(short.within('s', signal, endless)).rejects.toMatchObject({
        errorClass: 'timeout',
        retryable: true,
      });
  });
});
