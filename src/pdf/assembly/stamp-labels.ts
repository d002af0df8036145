import type { AssembledDocument, PackageDocument, PackagePlan } from './assemble';
import type { StampText } from './stamp';

/** What is printed below each page: which document it is of, and where it stands in the package. */
export function labelsOf({ part, documents }: PackagePlan, placed: AssembledDocument[], inFront: number): StampText[] {
  const pages = inFront + placed.reduce((sum, document) => sum + document.pages, 0);
  const left = [
    ...Array<string>(inFront).fill('Indhold'),
    ...placed.flatMap((own, index) => documentLabels(documents[index] as PackageDocument, own, part?.number)),
  ];
  const [side, before] = part ? ['side', `Del ${part.number} af ${part.of}, `] : ['Side', ''];
  return left.map((text, index) => ({ left: text, right: `${before}${side} ${index + 1} af ${pages}` }));
}

function documentLabels({ number, piece }: PackageDocument, { pages }: AssembledDocument, part = 1): string[] {
  const { before, of } = piece ?? { before: 0, of: pages };
  return Array.from({ length: pages }, (_, index) => {
    const page = before + index + 1;
    const goesOn = index === pages - 1 && page < of ? ` (fortsættes i del ${part + 1})` : '';
    return `Dokument ${number}, side ${page} af ${of}${goesOn}`;
  });
}
