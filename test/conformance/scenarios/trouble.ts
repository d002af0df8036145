import type { FaultKind } from '../../../src/sandbox/records/faults';
import { errorOf, gather, gatherBytes } from '../gather';
import { fullCase } from '../held-by-the-source';
import { spoilable } from '../subject';
import type { Bench, Scenario } from './scenario';

/** One such answer anywhere is got over; nothing but such answers is `errorClass`. */
function passing(kind: FaultKind, errorClass: string, rule: string): Scenario {
  return {
    rule,
    run: async (bench) => {
      for (const route of spoilable(bench.subject)) {
        const rig = await bench.open({ cases: [fullCase(1)] });
        const whole = await gatherBytes(rig.connector);
        expect(whole).toBeGreaterThan(0);
        await rig.misbehave({ route, kind });
        expect([route, await gatherBytes(rig.connector)]).toEqual([route, whole]);
        await rig.misbehave({ route, kind, times: 99 });
        expect([route, (await errorOf(gatherBytes(rig.connector))).errorClass]).toEqual([route, errorClass]);
        await bench.close();
      }
    },
  };
}

async function longWait({ open, subject }: Bench): Promise<void> {
  const rig = await open({ cases: [fullCase(1)] });
  await rig.misbehave({ route: subject.lists[0], kind: '429', times: 99, retryAfterSeconds: 120 });
  const { errorClass, retryable, retryAfterMs } = await errorOf(gather(rig.connector));
  expect([errorClass, retryable, retryAfterMs]).toEqual(['rate_limited', true, 120_000]);
}

export const TROUBLE = {
  'rate-limited': passing('429', 'rate_limited', 'slows down when it is asked to (429), and says when it must give up'),
  'retry-after': { rule: 'leaves a long Retry-After to the caller', run: longWait },
  unavailable: passing('503', 'unavailable', 'gets over a 503, and says that the source is down when it stays'),
  'server-error': passing('500', 'unavailable', 'gets over a 500, and says that the source is down when it stays'),
  silence: {
    rule: 'says that the source does not answer when no answer comes',
    run: async ({ open, subject }) => {
      const rig = await open({ cases: [fullCase(1)] });
      await rig.misbehave({ route: subject.lists[0], kind: 'slow', times: 99 });
      expect((await errorOf(gather(rig.connector))).errorClass).toBe('timeout');
    },
  },
} satisfies Record<string, Scenario>;
