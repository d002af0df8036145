import { In, Not } from 'typeorm';
import { FileRow } from '../../src/gathering/file.entity';
import { SourceRun } from '../../src/gathering/source-run.entity';
import { IDA } from '../../src/sandbox/municipality/citizens';
import { KilledWorker } from '../support/killed-worker';
import { TestTown } from '../support/test-town';
import { until } from '../support/until';

const KILLS = 10;
/** Eleven workers start one after the other. */
const LIMIT_MS = 600_000;
/** Files of one source that are on their way at the same time: what a kill can cost at most. */
const ON_THEIR_WAY = 4;

describe('a worker that is killed ten times while it gathers', () => {
  let place: TestTown;

  beforeAll(async () => {
    place = await TestTown.start({ settings: { QUEUE_LOCK_MS: '1000', CLOCK_TICK_MS: '500' } });
  });
  afterAll(() => place?.stop());

  const fileRequests = () =>
    place.town.sbsys.requests.flatMap((line) => /^GET \/api\/fil\/(\d+)$/.exec(line)?.[1] ?? []);
  const noted = (requestId: string) =>
    place.carrier.within(async (entities) =>
      (await entities.findBy(FileRow, { requestId, state: Not('listed') })).map(({ sourceFileId }) => sourceFileId),
    );

  it(
    'fetches nothing again that it had, and loses nothing',
    async () => {
      const { town, carrier } = place;
      const { id } = await carrier.ask(IDA);
      const killed = new KilledWorker(town);
      const again: string[] = [];
      for (let kill = 0; kill < KILLS; kill += 1) {
        const had = new Set(await noted(id));
        const before = fileRequests().length;
        await killed.dieAt('gather.source:file-fetched');
        again.push(
          ...fileRequests()
            .slice(before)
            .filter((file) => had.has(file)),
        );
      }
      const had = new Set(await noted(id));
      const before = fileRequests().length;
      const worker = await town.run('worker');
      const ended = () =>
        carrier.within((entities) => entities.countBy(SourceRun, { requestId: id, state: In(['complete']) }));
      await until('both sources are gathered', ended, (count) => count === 2);
      await worker.stop();
      again.push(
        ...fileRequests()
          .slice(before)
          .filter((file) => had.has(file)),
      );
      expect(killed.died).toHaveLength(KILLS);
      expect(again).toEqual([]);
      const asked = fileRequests();
      expect(asked.length - new Set(asked).size).toBeLessThanOrEqual(KILLS * ON_THEIR_WAY);
      const files = await carrier.within((entities) => entities.findBy(FileRow, { requestId: id, state: 'listed' }));
      expect(files).toEqual([]);
      const runs = await carrier.within((entities) => entities.findBy(SourceRun, { requestId: id }));
      expect(runs.map(({ documents }) => documents).sort((a, b) => a - b)).toEqual([18, 37]);
    },
    LIMIT_MS,
  );
});
