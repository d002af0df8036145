import { contractError, type Asked } from '../http/source-errors';

/** An object as it came over the wire; field names vary between API versions, so every field is checked where it is read. */
export type Wire = Record<string, unknown>;

export function isRecord(value: unknown): value is Wire {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A list that comes bare or as `{Results, TotalNumberOfResults}`; anything else is a broken contract, never "empty". */
export function listOf(answer: unknown, asked: Asked): { items: Wire[]; total?: number } {
  const items = isRecord(answer) ? answer.Results : answer;
  if (!Array.isArray(items) || !items.every(isRecord)) throw contractError(asked, 'answered without a list');
  const total = isRecord(answer) ? answer.TotalNumberOfResults : undefined;
  return { items, total: typeof total === 'number' ? total : undefined };
}

export function recordOf(answer: unknown, asked: Asked): Wire {
  if (!isRecord(answer)) throw contractError(asked, 'answered without an object');
  return answer;
}

/** Ids are numbers in SBSYS and strings here. */
export function idOf(item: Wire, asked: Asked): string {
  const id = item.Id;
  if (typeof id === 'number' || (typeof id === 'string' && /^[\w-]+$/.test(id))) return String(id);
  throw contractError(asked, 'listed an item without an id');
}

export function textOf(item: Wire, ...fields: string[]): string | undefined {
  for (const field of fields) {
    const value = item[field];
    if (typeof value === 'string' && value.trim() !== '') return value;
  }
  return undefined;
}

export function numberOf(item: Wire, field: string): number | undefined {
  const value = item[field];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** The day of a date or a time stamp, `2024-03-12`. */
export function dayOf(item: Wire, ...fields: string[]): string | undefined {
  return /^\d{4}-\d{2}-\d{2}/.exec(textOf(item, ...fields) ?? '')?.[0];
}
