/** A KLE group or a beginning of it: `32`, `32.30`, `32.30.04`. */
const AREA = /^\d{2}(?:\.\d{2}){0,2}$/;

/**
 * The areas that an employee's login gives rights to, as beginnings of KLE subjects.
 * @param claimName the authority's setting; undefined where it does not divide areas
 * @returns null: every area; empty: none, which is also what a login without the claim gets
 */
export function areasOf(claims: Record<string, unknown>, claimName: string | undefined): string[] | null {
  if (claimName === undefined) return null;
  const said = claims[claimName];
  const listed = typeof said === 'string' ? said.split(/[\s,;]+/) : Array.isArray(said) ? said : [];
  return listed.filter((area): area is string => typeof area === 'string' && AREA.test(area));
}
