/** Half of a pair: no text holds it, and UTF-8 cannot write it. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * The canonical form of a JSON value (RFC 8785): members sorted by UTF-16 code units, no blanks, numbers and strings as
 * ECMAScript writes them. Two programs that mean the same value hash the same bytes.
 * @throws TypeError for what JSON cannot say: undefined, functions, numbers without an end, halves of surrogate pairs
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return canonicalNumber(value);
  if (typeof value === 'string') return canonicalString(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object') throw new TypeError(`A ${typeof value} has no form in JSON.`);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, inner]) => `${canonicalString(name)}:${canonicalJson(inner)}`).join(',')}}`;
}

export function canonicalBytes(value: unknown): Buffer {
  return Buffer.from(canonicalJson(value), 'utf8');
}

function canonicalNumber(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError('A number without an end has no form in JSON.');
  return JSON.stringify(value);
}

function canonicalString(value: string): string {
  if (LONE_SURROGATE.test(value)) throw new TypeError('A text with half of a surrogate pair has no form in JSON.');
  return JSON.stringify(value);
}
