import { readFile } from 'node:fs/promises';

/** An object from a JSON file that an operator wrote. The errors name the file, never what is in it. */
export async function objectFromFile(path: string): Promise<Record<string, unknown>> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Error(`The file ${path} could not be read (${error.code}). Check the path and its rights.`);
  });
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new Error(`The file ${path} is not valid JSON. Write one object.`);
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw new Error(`The file ${path} must hold one JSON object.`);
  return parsed as Record<string, unknown>;
}
