import { gather, lettersOf } from '../gather';
import {
  caselessLetter,
  cases,
  CITIZEN,
  fullCase,
  heldCase,
  letter,
  numbersOf,
  OTHER,
  stranger,
} from '../held-by-the-source';
import { PAGE_SIZE } from '../subject';
import type { Scenario } from './scenario';

/** So many cases of a letter each, and one case of so many letters; a stranger's case beside them. */
function paging(count: number, words: string): Scenario {
  return {
    rule: `finds everything when there ${words}`,
    run: async ({ open, close }) => {
      const theirs = heldCase(90, { parties: [stranger] });
      const many = { cases: [...cases(count), theirs] };
      expect(lettersOf((await gather((await open(many)).connector)).documents)).toEqual(
        numbersOf({ cases: cases(count) }),
      );
      await close();
      const letters = Array.from({ length: count }, (_, index) => letter(index + 1));
      const long = { cases: [heldCase(1, { documents: letters }), theirs] };
      expect(lettersOf((await gather((await open(long)).connector)).documents)).toEqual(letters.map(({ id }) => id));
    },
  };
}

export const FINDING = {
  'paging-0': paging(0, 'is nothing'),
  'paging-1': paging(1, 'is one item'),
  'paging-n': paging(PAGE_SIZE, 'is exactly a page'),
  'paging-n-plus-1': paging(PAGE_SIZE + 1, 'is a page and one more'),
  'paging-2n-plus-1': paging(2 * PAGE_SIZE + 1, 'are two pages and one more'),
  'nothing-found': {
    rule: 'answers "nothing" for a citizen whom the system does not know',
    run: async ({ open }) => {
      const { connector } = await open({ cases: cases(2) });
      expect(await gather(connector, ['010180-0000'])).toEqual({
        cases: [],
        documents: [],
        gaps: [],
        claims: expect.anything(),
      });
    },
  },
  'closed-case': {
    rule: 'finds closed cases and says that they are closed',
    run: async ({ open }) => {
      const { connector } = await open({ cases: [heldCase(1, { closedAt: '2024-06-01' }), heldCase(2)] });
      expect(connector.coverage.includesClosed).toBe(true);
      const found = (await gather(connector)).cases;
      expect(found.map((each) => each.open).sort()).toEqual([false, true]);
    },
  },
  'secondary-party': {
    rule: 'finds cases where the citizen is not the primary party',
    run: async ({ open }) => {
      const secondary = { name: 'Bo Vang Iversen', part: 'Underretter', cpr: CITIZEN };
      const { connector } = await open({ cases: [heldCase(1, { parties: [stranger, secondary] })] });
      expect(connector.coverage.partyRoles).toContain('secondary');
      expect(lettersOf((await gather(connector)).documents)).toEqual([100]);
    },
  },
  'former-number': {
    rule: 'searches every number of the citizen, and gives what two of them find once',
    run: async ({ open }) => {
      const former = { name: 'Bo Vang', part: 'Borger', cpr: OTHER };
      const both = heldCase(1, { parties: [{ ...former, cpr: CITIZEN, primary: true }, former] });
      const { connector } = await open({ cases: [both, heldCase(2, { parties: [stranger] })] });
      expect(lettersOf((await gather(connector, [CITIZEN, OTHER])).documents)).toEqual([100, 200]);
    },
  },
  'spelling-of-number': {
    rule: 'finds a citizen whatever the spelling of the number',
    run: async ({ open }) => {
      const { connector } = await open({ cases: cases(1) });
      for (const spelling of [CITIZEN, CITIZEN.replace('-', '')]) {
        expect(lettersOf((await gather(connector, [spelling])).documents)).toEqual([100]);
      }
    },
  },
  'caseless-document': {
    rule: "finds documents that belong to no case, all pages of them, and only the citizen's",
    run: async ({ open }) => {
      const caseless = Array.from({ length: PAGE_SIZE + 1 }, (_, index) => caselessLetter(801 + index));
      const { connector } = await open({ cases: cases(1), caseless: [...caseless, caselessLetter(899, [stranger])] });
      expect(lettersOf((await gather(connector)).documents)).toEqual([100, ...caseless.map(({ id }) => id)]);
    },
  },
  'journal-notes': {
    rule: 'lists journal notes beside documents',
    run: async ({ open }) => {
      const { connector } = await open({ cases: [fullCase(1)] });
      expect(connector.coverage.includesJournalNotes).toBe(true);
      const kinds = (await gather(connector)).documents.map(({ kind }) => kind);
      expect(kinds.sort()).toEqual(['document', 'document', 'journalNote']);
    },
  },
} satisfies Record<string, Scenario>;
