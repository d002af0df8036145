import type { Asked } from '../http/source-errors';
import { isWire, optionalCount, requiredId, wiresOf, type Wire } from '../http/wire';

/** A list that comes bare or as `{Results, TotalNumberOfResults}`; anything else is a broken contract, never "empty". */
export function listOf(answer: unknown, asked: Asked): { items: Wire[]; total?: number } {
  if (!isWire(answer)) return { items: wiresOf(answer, asked) };
  return { items: wiresOf(answer, asked, 'Results'), total: optionalCount(answer, 'TotalNumberOfResults', asked) };
}

export function idOf(item: Wire, asked: Asked): string {
  return requiredId(item, 'Id', asked);
}

/** The first of `fields` that holds text: their names vary between versions and addresses of the API. */
export function textOf(item: Wire, ...fields: string[]): string | undefined {
  for (const field of fields) {
    const value = item[field];
    if (typeof value === 'string' && value.trim() !== '') return value;
  }
  return undefined;
}

/** The day of a date or a time stamp, `2024-03-12`. */
export function dayOf(item: Wire, ...fields: string[]): string | undefined {
  return /^\d{4}-\d{2}-\d{2}/.exec(textOf(item, ...fields) ?? '')?.[0];
}
