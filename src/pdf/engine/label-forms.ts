const BETWEEN = ' · ';

/**
 * A label and its shorter forms, longest first, each as true as the one before: the person goes last, since who it is says
 * more to the reader than the number of the provision, which the list of documents repeats.
 *
 * `Person 2 · § 15 b, nr. 5` → itself, `Person 2 · § 15 b`, `Person 2`; `§ 15 b, nr. 5` → itself, `§ 15 b`.
 */
export function labelForms(label: string): string[] {
  const [first, ...rest] = label.split(BETWEEN);
  const provision = rest.length > 0 ? rest.join(BETWEEN) : first;
  const short = /^(§ \d+(?: [a-zæøå](?![\p{L}.]))?)[ ,]/u.exec(provision)?.[1];
  const forms = rest.length > 0 ? [label, short && first + BETWEEN + short, first] : [label, short];
  return [...new Set(forms)].filter((form): form is string => form !== undefined && form !== '');
}
