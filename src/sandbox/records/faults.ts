/** What a request asks for, in words that fit every records system. */
export type Route =
  'token' | 'states' | 'search' | 'case' | 'parts' | 'documents' | 'notes' | 'file' | 'caseless' | 'journal';

/**
 * `html200`: a web page with status 200. `truncated`: the connection ends in the middle. `wrongSize`: one byte more than
 * the list says. `slow`: no answer until the caller gives up. `shortList`: the last item left out, the sum unchanged.
 * `repeatItem`: the first item of a list in place of its last, as when pages shift while they are read. `missingField`
 * and `retypedField`: `field` is gone from the answer, or is of another type than it was.
 */
export type FaultKind =
  | '401'
  | '403'
  | '404'
  | '423'
  | '429'
  | '500'
  | '503'
  | 'html200'
  | 'truncated'
  | 'wrongSize'
  | 'slow'
  | 'shortList'
  | 'repeatItem'
  | 'missingField'
  | 'retypedField';

export interface Fault {
  route: Route;
  kind: FaultKind;
  /** How many requests it spoils; 1 when left out. */
  times?: number;
  /** Spoils none of the first so many. */
  after?: number;
  /** For 429 and 503. */
  retryAfterSeconds?: number;
  /** For `missingField` and `retypedField`. */
  field?: string;
}

/** The misbehaviours that were asked for and not used up. */
export class Faults {
  private readonly pending: (Fault & { times: number; after: number })[] = [];

  add(fault: Fault): void {
    this.pending.push({ ...fault, times: fault.times ?? 1, after: fault.after ?? 0 });
  }

  clear(): void {
    this.pending.length = 0;
  }

  /** The fault that spoils this request, if any. */
  take(route: Route): Fault | undefined {
    const fault = this.pending.find((candidate) => candidate.route === route && candidate.times > 0);
    if (!fault) return undefined;
    if (fault.after > 0) {
      fault.after -= 1;
      return undefined;
    }
    fault.times -= 1;
    return fault;
  }
}

/** A list as a system gives it that leaves out its last item, or whose pages shift while they are read. */
export function bentList<T>(items: T[], fault?: Fault): T[] {
  if (fault?.kind === 'shortList') return items.slice(0, -1);
  return fault?.kind === 'repeatItem' ? [...items.slice(0, -1), ...items.slice(0, 1)] : items;
}

/** An answer as a newer version of the system gives it: `field` is gone, or of another type, wherever it stood. */
export function bentFields(value: unknown, { kind, field = '' }: Fault): unknown {
  if (kind !== 'missingField' && kind !== 'retypedField') return value;
  if (typeof value === 'string') return bentXml(value, kind, field);
  if (Array.isArray(value)) return value.map((item) => bentFields(item, { route: 'search', kind, field }));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([name]) => kind === 'retypedField' || name !== field);
  return Object.fromEntries(
    kept.map(([name, held]) => [
      name,
      name === field ? retyped(held) : bentFields(held, { route: 'search', kind, field }),
    ]),
  );
}

/** `field` as an attribute or as an element: gone, or without what was in it. */
function bentXml(xml: string, kind: 'missingField' | 'retypedField', field: string): string {
  const [attribute, element] = kind === 'missingField' ? ['', ''] : [`${field}=""`, `<${field}/>`];
  return xml
    .replaceAll(new RegExp(`\\b${field}="[^"]*"`, 'g'), attribute)
    .replaceAll(new RegExp(`<${field}\\b(?:[^>]*/>|[\\s\\S]*?</${field}>)`, 'g'), element);
}

function retyped(held: unknown): unknown {
  return typeof held === 'object' ? 'an object no more' : { value: held };
}
