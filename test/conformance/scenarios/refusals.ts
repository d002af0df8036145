import type { Connector } from '../../../src/contracts';
import { all, errorOf, fetched, gather, lettersOf, listeningRun } from '../gather';
import { CITIZEN, fullCase, heldCase, letter } from '../held-by-the-source';
import type { Scenario } from './scenario';

/** A run of a caller who does not listen to gaps. */
async function gatherUnheard(connector: Connector): Promise<void> {
  const { reportGap: _unheard, ...deaf } = listeningRun();
  for (const each of await all(connector.discover({ cprs: [CITIZEN] }, deaf))) await all(connector.list(each, deaf));
  await all(connector.listCaseless?.({ cprs: [CITIZEN] }, deaf) ?? []);
}

export const REFUSALS = {
  'forbidden-search': {
    rule: 'takes a search that is refused (403) for a refusal, never for "nothing"',
    run: async ({ open, subject }) => {
      const rig = await open({ cases: [fullCase(1)] });
      await rig.misbehave({ route: subject.lists[0], kind: '403', times: 99 });
      expect((await errorOf(gather(rig.connector))).errorClass).toBe('forbidden');
    },
  },
  'forbidden-case': {
    rule: 'reports a case that the account may not open, goes on with the others, and fails when nobody listens',
    run: async ({ open, subject }) => {
      const { connector } = await open({ cases: [heldCase(1, { forbidden: true }), heldCase(2)] });
      const { documents, gaps } = await gather(connector);
      expect(lettersOf(documents)).toEqual([200]);
      expect(gaps.length).toBeGreaterThan(0);
      for (const gap of gaps)
        expect(gap).toMatchObject({ kind: 'forbidden', sourceCaseId: expect.stringMatching(subject.caseIds ?? /1$/) });
      expect((await errorOf(gatherUnheard(connector))).errorClass).toBe('forbidden');
    },
  },
  'forbidden-list': {
    rule: 'reports a list of documents that is refused, and never takes it for an empty one',
    run: async ({ open, close, subject }) => {
      for (const route of subject.lists.slice(1)) {
        const rig = await open({ cases: [fullCase(1)] });
        await rig.misbehave({ route, kind: '403', times: 99 });
        const gaps = await gather(rig.connector).then(
          (gathered) => gathered.gaps.map(({ kind }) => kind),
          async (error: unknown) => [(await errorOf(Promise.reject(error))).errorClass],
        );
        expect([route, ...gaps]).toEqual([route, 'forbidden']);
        expect((await errorOf(gatherUnheard(rig.connector))).errorClass).toBe('forbidden');
        await close();
      }
    },
  },
  'forbidden-file': {
    rule: 'says of a file that the account may not read that it is refused',
    run: async ({ open }) => {
      const documents = [letter(100, { forbidden: true }), letter(101)];
      const { connector } = await open({ cases: [heldCase(1, { documents })] });
      const gathered = await gather(connector);
      const refused = gathered.documents.find(({ title }) => title.includes('100'));
      const readable = gathered.documents.find(({ title }) => title.includes('101'));
      if (refused) expect((await errorOf(fetched(connector, refused))).errorClass).toBe('forbidden');
      else expect(gathered.gaps).toMatchObject([{ kind: 'forbidden' }]);
      if (!readable) throw new Error('The document that may be read is missing.');
      expect((await fetched(connector, readable)).length).toBeGreaterThan(0);
    },
  },
} satisfies Record<string, Scenario>;
