/** What says nothing of the citizen: links and the machinery's own numbers. */
const MACHINERY = new Set(['_links', 'id', 'uid', 'version', 'possibleValues', 'activityIdentifier']);

/** Every value in `value`, however deep, with the names that lead to it: nothing that a record holds is left out. */
export function fieldsOf(value: unknown, label = ''): [label: string, value: string][] {
  if (value === null || value === undefined || value === '') return [];
  if (Array.isArray(value)) return value.flatMap((item) => fieldsOf(item, label));
  if (typeof value === 'object') {
    const entries = Object.entries(value).filter(([name]) => !MACHINERY.has(name));
    return entries.flatMap(([name, inner]) => fieldsOf(inner, label ? `${label}, ${name}` : name));
  }
  return [[label, shown(value)]];
}

function shown(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'ja' : 'nej';
  return String(value);
}
