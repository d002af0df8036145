import type { Row } from './tables';

/** Rows that a `$filter` lets through: texts compared by `eq`, joined by `and`, alternatives in parentheses by `or`. */
export function filtered(rows: Row[], filter: string | null): Row[] {
  if (!filter) return rows;
  const clauses = filter.split(' and ').map((clause) =>
    clause
      .replace(/^\(|\)$/g, '')
      .split(' or ')
      .map(comparison),
  );
  return rows.filter((row) => clauses.every((any) => any.some(({ field, text }) => row[field] === text)));
}

function comparison(text: string): { field: string; text: string } {
  const [, field, value] = /^(\w+) eq '(.*)'$/.exec(text) ?? [];
  if (!field) throw new Error('The stand-in does not understand this filter.');
  return { field, text: value.replaceAll("''", "'") };
}

/** The fields that `$select` and `$expand` name; a row without `$select` is its id. */
export function chosen(row: Row, query: URLSearchParams): Row {
  const select = query.get('$select')?.split(',') ?? [];
  const expand = [...(query.get('$expand') ?? '').matchAll(/(\w+)\(\$select=([^)]*)\)/g)];
  const fields = select.map((field): [string, unknown] => [field, row[field]]);
  const below = expand.map(([, name, inner]): [string, unknown] => [name, pick(row[name], inner.split(','))]);
  return { ID: row.ID, ...Object.fromEntries([...fields, ...below]) };
}

function pick(value: unknown, fields: string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => pick(item, fields));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => fields.includes(name)));
}
