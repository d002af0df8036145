/** An element of a MeMo message without its files' content. */
export interface MemoElement {
  /** Known prefix and local name, such as `memo:Sender`; `{namespace}name` for a namespace MeMo does not use. */
  name: string;
  attributes: { namespace: string; name: string; value: string }[];
  children: MemoElement[];
  text: string;
  line: number;
  /** For `memo:content`: its place in the list of contents. */
  contentIndex?: number;
}

/** Namespaces of MeMo 1.1 and 1.2; the prefixes are the usual ones and mean nothing in the message itself. */
const PREFIXES: Readonly<Record<string, string>> = {
  'https://DigitalPost.dk/MeMo-1': 'memo',
  'https://data.gov.dk/model/core/': 'grd',
  'https://services.nsi.dk/en/Services/SOR': 'sor',
  'http://kle-online.dk/': 'kle',
  'http://www.form-online.dk/': 'form',
  'https://motorregister.skat.dk/': 'dmv',
  'https://www.gs1.dk/gs1-standarder/identifikation/gln-global-location-number/': 'gln',
  'https://www.dst.dk/da/TilSalg/Forskningsservice/Dokumentation/hoejkvalitetsvariable/elevregister-2/udd#': 'udd',
};

export function qualifiedName(namespace: string, local: string): string {
  const prefix = Object.hasOwn(PREFIXES, namespace) ? PREFIXES[namespace] : undefined;
  return prefix ? `${prefix}:${local}` : `{${namespace}}${local}`;
}

/** The element as a reader of a sentence wants it: `Sender` for `memo:Sender`, `grd:Address` as it is. */
export function plainName(name: string): string {
  return name.startsWith('memo:') ? name.slice('memo:'.length) : name;
}

export function child(element: MemoElement | undefined, name: string): MemoElement | undefined {
  return element?.children.find((candidate) => candidate.name === `memo:${name}`);
}

export function childText(element: MemoElement | undefined, name: string): string | undefined {
  return child(element, name)?.text;
}

/** Every descendant with the name, in document order. */
export function* descendants(element: MemoElement, name: string): Generator<MemoElement> {
  for (const candidate of element.children) {
    if (candidate.name === `memo:${name}`) yield candidate;
    yield* descendants(candidate, name);
  }
}
