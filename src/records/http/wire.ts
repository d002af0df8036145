import { contractError, type Asked } from './source-errors';

/**
 * An object as it came over the wire. A field that is missing where it must be, or of another type than it was, is a
 * broken contract and never "empty": what a newer version of a system calls otherwise must not vanish from a file.
 */
export type Wire = Record<string, unknown>;

export function isWire(value: unknown): value is Wire {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function wireOf(value: unknown, asked: Asked): Wire {
  if (!isWire(value)) throw contractError(asked, 'answered without an object');
  return value;
}

/** A list of objects, bare or in `field` of `value`. */
export function wiresOf(value: unknown, asked: Asked, field?: string): Wire[] {
  const items = field === undefined ? value : wireOf(value, asked)[field];
  const where = field === undefined ? '' : ` in "${field}"`;
  if (!Array.isArray(items) || !items.every(isWire)) throw contractError(asked, `answered without a list${where}`);
  return items;
}

/** A text that must be there. */
export function requiredText(item: Wire, field: string, asked: Asked): string {
  const text = optionalText(item, field, asked);
  if (text === undefined) throw contractError(asked, `left out "${field}"`);
  return text;
}

/** A text that may be missing, null or blank, but not of another type. */
export function optionalText(item: Wire, field: string, asked: Asked): string | undefined {
  const value = item[field];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw contractError(asked, `gave "${field}" in another form than text`);
  return value.trim() === '' ? undefined : value;
}

/** An id, which is a number in some systems and a text in others; a text here. It has no character that could leave a path. */
export function requiredId(item: Wire, field: string, asked: Asked): string {
  const id = item[field];
  if (typeof id === 'number' && Number.isSafeInteger(id)) return String(id);
  if (typeof id === 'string' && /^[\w-]+$/.test(id)) return id;
  throw contractError(asked, `listed an item without an id in "${field}"`);
}

/** A number that must be there: a sum is never guessed. */
export function requiredCount(item: Wire, field: string, asked: Asked): number {
  const count = optionalCount(item, field, asked);
  if (count === undefined) throw contractError(asked, `did not say how many there are ("${field}")`);
  return count;
}

export function optionalCount(item: Wire, field: string, asked: Asked): number | undefined {
  const value = item[field];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw contractError(asked, `gave "${field}" in another form than a count`);
  }
  return value;
}

/** True or false, or undefined when the system does not say. */
export function optionalFlag(item: Wire, field: string, asked: Asked): boolean | undefined {
  const value = item[field];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'boolean') throw contractError(asked, `gave "${field}" in another form than true or false`);
  return value;
}

/** The day of a date or a time stamp as the system wrote it, `2024-03-12`. */
export function optionalDay(item: Wire, field: string, asked: Asked): string | undefined {
  const text = optionalText(item, field, asked);
  if (text === undefined) return undefined;
  const day = /^\d{4}-\d{2}-\d{2}/.exec(text)?.[0];
  if (day === undefined) throw contractError(asked, `gave "${field}" in another form than a date`);
  return day;
}
