import { MEMO_LIMITS } from './memo-limits';

/** Says what is wrong with a value, as the end of a sentence that begins with the element's name. */
type TypeCheck = (value: string) => string | undefined;

const UUID_V4 = /^[a-f0-9]{8}-[a-f0-9]{4}-4[a-f0-9]{3}-[ab89][a-f0-9]{3}-[a-f0-9]{12}$/i;
const DATE_TIME = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.\d+)?(Z|[+-]\d{2}:\d{2})?$/;

/** Facets of MeMo_dataTypes.xsd, with the stricter 150 characters of the 2024 schema for `notification`. */
const CHECKS: Readonly<Record<string, TypeCheck>> = {
  text: longest(MEMO_LIMITS.text),
  comment: longest(MEMO_LIMITS.comment),
  notification: longest(MEMO_LIMITS.notification),
  uri: longest(MEMO_LIMITS.text),
  licenseNumber: longest(7),
  messageType: (value) => (value === 'DIGITALPOST' || value === 'NEMSMS' ? undefined : 'must be DIGITALPOST or NEMSMS'),
  uuid: (value) =>
    UUID_V4.test(value)
      ? undefined
      : 'must be a UUID of version 4, such as crypto.randomUUID() makes; other versions are refused',
  boolean: (value) => (/^\s*(true|false|0|1)\s*$/.test(value) ? undefined : 'must be true or false'),
  date: (value) =>
    /^\d{4}-\d{2}-\d{2}$/.test(value.trim()) && isCalendarDay(value.trim())
      ? undefined
      : 'must be a date of the form 2026-12-31',
  dateTime,
  language: (value) =>
    /^[a-z]{2}$/i.test(value.trim())
      ? undefined
      : 'must be a language of two letters, such as da; regions (da-DK) are refused',
  pNumber: digits(10),
  gln: digits(13),
  // The content was checked while it streamed past.
  base64: () => undefined,
};

/** What is wrong with the value of a type in the grammar, or `undefined`. */
export function faultOfType(type: string, value: string): string | undefined {
  return CHECKS[type]!(value);
}

/** Milliseconds since 1970 of a valid MeMo time. */
export function timeOf(value: string): number {
  return Date.parse(value.trim());
}

function longest(most: number): TypeCheck {
  return (value) => {
    const length = [...value].length;
    return length <= most ? undefined : `is ${length} characters long, and ${most} is the most`;
  };
}

function digits(most: number): TypeCheck {
  return (value) =>
    new RegExp(`^\\s*\\d{1,${most}}\\s*$`).test(value) ? undefined : `must be a number of at most ${most} digits`;
}

function dateTime(value: string): string | undefined {
  const parts = DATE_TIME.exec(value.trim());
  const [, year, month, day, hour, minute, second, zone] = parts ?? [];
  const isTime = Number(hour) <= 23 && Number(minute) <= 59 && Number(second) <= 59;
  if (!parts || !isCalendarDay(`${year}-${month}-${day}`) || !isTime) {
    return 'must be a time of the form 2026-12-31T23:59:59Z';
  }
  return zone === 'Z' ? undefined : 'must be in UTC and end in Z; a local time or an offset is refused';
}

function isCalendarDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}
