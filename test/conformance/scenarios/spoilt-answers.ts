import { errorOf, fetched, gather, gatherBytes } from '../gather';
import { fullCase } from '../held-by-the-source';
import { spoilable } from '../subject';
import type { FaultKind } from '../../../src/sandbox/records/faults';
import type { Bench, Scenario } from './scenario';

/** Lists that are spoilt all the time end in `ofLists`, files in `ofFiles`; one spoilt answer is got over. */
async function spoil({ open, close, subject }: Bench, kind: FaultKind, ofLists: string, ofFiles: string) {
  for (const route of spoilable(subject)) {
    const rig = await open({ cases: [fullCase(1)] });
    const whole = await gatherBytes(rig.connector);
    if (route !== 'file') {
      await rig.misbehave({ route, kind });
      expect([route, await gatherBytes(rig.connector)]).toEqual([route, whole]);
    }
    await rig.misbehave({ route, kind, times: 99 });
    const { errorClass } = await errorOf(gatherBytes(rig.connector));
    expect([route, errorClass]).toEqual([route, route === 'file' ? ofFiles : ofLists]);
    await close();
  }
}

export const SPOILT_ANSWERS = {
  'html-with-200': {
    rule: 'takes a web page with status 200 neither for a list nor for a file',
    run: (bench) => spoil(bench, 'html200', 'contract', 'integrity'),
  },
  'truncated-body': {
    rule: 'notices an answer that is cut in the middle',
    run: (bench) => spoil(bench, 'truncated', 'truncated', 'truncated'),
  },
  'schema-drift': {
    rule: 'says that the contract is broken when a field is gone or has become another',
    run: async ({ open, close, subject }) => {
      expect(subject.essentialFields.length).toBeGreaterThan(0);
      for (const [route, field] of subject.essentialFields) {
        for (const kind of ['missingField', 'retypedField'] as const) {
          const rig = await open({ cases: [fullCase(1)] });
          await rig.misbehave({ route, kind, field, times: 99 });
          const { errorClass } = await errorOf(gather(rig.connector));
          expect([route, kind, field, errorClass]).toEqual([route, kind, field, 'contract']);
          await close();
        }
      }
    },
  },
  'file-gone': {
    rule: 'says of a file that is gone since it was listed that it is not found',
    run: async ({ open }) => {
      const rig = await open({ cases: [fullCase(1)] });
      const [document] = (await gather(rig.connector)).documents;
      await rig.misbehave({ route: 'file', kind: '404', times: 99 });
      expect((await errorOf(fetched(rig.connector, document))).errorClass).toBe('not_found');
    },
  },
} satisfies Record<string, Scenario>;
