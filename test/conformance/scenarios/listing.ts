import type { Connector, RecordsDocument } from '../../../src/contracts';
import { all, errorOf, gather, lettersOf, listeningRun } from '../gather';
import { cases, CITIZEN, fullCase, heldCase, letter } from '../held-by-the-source';
import { PAGE_SIZE } from '../subject';
import type { Scenario } from './scenario';

type Listed = { document: RecordsDocument; cursor?: string }[];

/** The documents of the only case after `cursor`, or those of no case where the system has no cases. */
async function listedAfter(connector: Connector, cursor?: string): Promise<Listed> {
  const run = listeningRun();
  const [found] = await all(connector.discover({ cprs: [CITIZEN] }, run));
  if (found) return all(connector.list(found, run, cursor));
  return all(connector.listCaseless?.({ cprs: [CITIZEN] }, run, cursor) ?? []);
}

/** What a run brings, or the class of the error it ends in. */
async function outcome(connector: Connector): Promise<{ refused?: string; gaps: string[]; ids: string[] }> {
  return gather(connector).then(
    ({ gaps, documents }) => ({
      gaps: gaps.map(({ kind }) => kind),
      ids: documents.map(({ sourceDocumentId }) => sourceDocumentId),
    }),
    async (error: unknown) => ({ refused: (await errorOf(Promise.reject(error))).errorClass, gaps: [], ids: [] }),
  );
}

export const LISTING = {
  attachment: {
    rule: 'lists an attachment, and says what it is attached to',
    run: async ({ open }) => {
      const documents = [letter(100), letter(101, { parentId: 100 })];
      const { connector } = await open({ cases: [heldCase(1, { documents })] });
      const found = (await gather(connector)).documents;
      expect(lettersOf(found)).toEqual([100, 101]);
      const [main, attached] = [...found].sort((a, b) => a.title.localeCompare(b.title));
      expect(attached.parentSourceDocumentId).toBe(main.sourceDocumentId);
    },
  },
  cursor: {
    rule: 'goes on after a cursor, and starts over when the cursor is gone',
    run: async ({ open }) => {
      const documents = Array.from({ length: PAGE_SIZE + 2 }, (_, index) => letter(index + 1));
      const { connector } = await open({ cases: [heldCase(1, { documents })] });
      const whole = await listedAfter(connector);
      expect(whole).toHaveLength(PAGE_SIZE + 2);
      for (const nth of [0, PAGE_SIZE, whole.length - 1]) {
        expect(await listedAfter(connector, whole[nth].cursor)).toEqual(whole.slice(nth + 1));
      }
      expect(await listedAfter(connector, 'gone')).toEqual(whole);
    },
  },
  claims: {
    rule: 'passes on the counts that the system states, and they are those of what it lists',
    run: async ({ open }) => {
      const { connector } = await open({ cases: [fullCase(1), fullCase(2)] });
      const { claims, documents } = await gather(connector);
      expect(claims.length).toBeGreaterThan(0);
      const sum = (of: string): number => {
        const counted = claims.filter((claim) => claim.of === of);
        // Where there are no cases, the count is of the whole search.
        const ofCases = counted.filter((claim) => claim.sourceCaseId);
        return (ofCases.length > 0 ? ofCases : counted).reduce((total, { count }) => total + count, 0);
      };
      const notes = documents.filter(({ kind }) => kind === 'journalNote').length;
      if (claims.some((claim) => claim.of === 'documents')) expect(sum('documents')).toBe(documents.length - notes);
      if (claims.some((claim) => claim.of === 'notes')) expect(sum('notes')).toBe(notes);
      for (const claim of claims.filter(({ of }) => of === 'cases')) expect(claim.count).toBe(2);
    },
  },
  'count-mismatch': {
    rule: 'notices a list that is shorter than the system says',
    run: async ({ open, close, subject }) => {
      for (const route of subject.lists) {
        const rig = await open({ cases: [fullCase(1), fullCase(2)] });
        await rig.misbehave({ route, kind: 'shortList', times: 99 });
        const { refused, gaps } = await outcome(rig.connector);
        const noticed = refused ?? gaps[0] ?? 'nothing';
        expect(['truncated', 'contract', 'count_mismatch']).toContain(noticed);
        await close();
      }
    },
  },
  duplicate: {
    rule: 'gives nothing twice when pages shift while they are read',
    run: async ({ open, close, subject }) => {
      for (const route of subject.lists) {
        const rig = await open({ cases: [...cases(PAGE_SIZE), fullCase(8)] });
        await rig.misbehave({ route, kind: 'repeatItem', times: 99 });
        const { refused, ids } = await outcome(rig.connector);
        expect(new Set(ids).size).toBe(ids.length);
        if (refused) expect(['truncated', 'contract']).toContain(refused);
        await close();
      }
    },
  },
} satisfies Record<string, Scenario>;
