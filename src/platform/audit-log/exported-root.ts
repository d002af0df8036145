export const ROOT_FORMAT = 'aktindsigt-audit-root/1';

/** Where a chain stood on a day. */
export interface KnownRoot {
  authority: { id: string };
  /** YYYY-MM-DD, the Danish day. */
  day: string;
  /** How many entries were sealed. */
  seq: number;
  /** The last link in hexadecimal. */
  root: string;
}

/** The last link of a day, as it lies outside the machine: with it a log that was cut or written anew is found out. */
export interface ExportedRoot extends KnownRoot {
  format: typeof ROOT_FORMAT;
  authority: { id: string; cvr: string; name: string };
  /** ISO 8601. */
  drawnAt: string;
}

/** The bytes that are stored, mailed and time-stamped: always the same for the same root. */
export function rootBytes({ format, authority, day, seq, root, drawnAt }: ExportedRoot): Buffer {
  const { id, cvr, name } = authority;
  return Buffer.from(
    `${JSON.stringify({ format, authority: { id, cvr, name }, day, seq, root, drawnAt }, null, 2)}\n`,
    'utf8',
  );
}

/** @throws a sentence when the text is no exported root */
export function readRoot(text: string, name: string): ExportedRoot {
  const fault = new Error(`The file ${name} is no exported root of an audit log (${ROOT_FORMAT}).`);
  let value: ExportedRoot;
  try {
    value = JSON.parse(text) as ExportedRoot;
  } catch {
    throw fault;
  }
  const isRoot =
    value?.format === ROOT_FORMAT &&
    typeof value.authority?.id === 'string' &&
    Number.isInteger(value.seq) &&
    /^[0-9a-f]{64}$/.test(value.root);
  if (!isRoot) throw fault;
  return value;
}
