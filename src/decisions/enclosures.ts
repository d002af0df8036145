import type { DecisionContent } from './decision-content';
import { CITIZEN_PAGE } from './certificate/certificate';
import type { PackageFile } from './package-file.entity';

type Enclosed = Pick<PackageFile, 'kind' | 'name'>;

const LIST = 'Aktliste';
const ONE_PDF = 'Dokumenterne samlet i én PDF med bogmærker';
const READING = 'Læseudgave af dokumenterne til dig, der får siderne læst op eller ikke ser dem';
/** It is made when the answer is approved. */
const CERTIFICATE = `Bevis (${CITIZEN_PAGE})`;

/** "Vedlagt" of the letter: what was made to go with it. A package of several files is told file by file. */
export function enclosuresOf(made: readonly Enclosed[]): string[] {
  const names = (kind: Enclosed['kind']): string[] => made.filter((each) => each.kind === kind).map(({ name }) => name);
  const packages = names('package');
  const readings = [...names('reading-pdf'), ...names('reading-html')];
  return [
    LIST,
    ...(packages.length === 1 ? [ONE_PDF] : packages.map((name, index) => `${partOf(index, packages)} (${name})`)),
    ...(readings.length > 0 ? [`${READING} (${listed(readings)})`] : []),
    ...names('recording'),
    CERTIFICATE,
  ];
}

/** The same before anything was made. */
export function foreseenEnclosures({ documents, recordings }: DecisionContent): string[] {
  const given = documents.filter((each) => each.outcome === 'full' || each.outcome === 'partial');
  const hasPages = given.some(({ files }) => files.some((file) => file.redactedKey !== null));
  const names = recordings.flatMap(({ fileName }) => (fileName ? [fileName] : []));
  return [LIST, ...(hasPages ? [ONE_PDF, READING] : []), ...names, CERTIFICATE];
}

function partOf(index: number, packages: readonly string[]): string {
  return `Dokumenterne, del ${index + 1} af ${packages.length}`;
}

function listed(names: readonly string[]): string {
  return names.length === 1 ? String(names[0]) : `${names.slice(0, -1).join(', ')} og ${names.at(-1)}`;
}
