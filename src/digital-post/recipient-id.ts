/**
 * The query by which both roads ask about a recipient: ten digits are a CPR number, eight a CVR number. Throws `TypeError`
 * for anything else, without repeating it.
 */
export function idQuery(id: string): Record<string, string> {
  if (/^\d{10}$/.test(id)) return { cprNumber: id };
  if (/^\d{8}$/.test(id)) return { cvrNumber: id };
  throw new TypeError(
    'A recipient is named by ten digits (CPR) or eight (CVR), without hyphen. Nothing was looked up.',
  );
}
