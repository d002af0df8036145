import type { SearchBalance, SourceBalance } from '../gathering/balance';
import type { AccountRow, SearchAccount } from '../pdf';

/** The account of the search as letter and aktliste print it; sources that gave nothing stand in the statements only. */
export function searchAccount({ sources, notSearched, referrals }: SearchBalance): SearchAccount {
  const rows = sources.filter(({ listed, inside, claimed }) => listed + inside + (claimed ?? 0) > 0).map(accountRow);
  return { rows, notSearched, referrals };
}

function accountRow({ name, claimed, listed, inside, endings }: SourceBalance): AccountRow {
  return {
    source: name.charAt(0).toUpperCase() + name.slice(1),
    ...(claimed === null ? {} : { claimed }),
    listed,
    inside,
    given: endings.full + endings.partial,
    withheld: endings.withheld,
    other: endings.outside + endings.duplicate,
  };
}
