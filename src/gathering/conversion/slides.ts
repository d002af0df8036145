import { part, partsLike, textsInside } from './office-xml';
import type { Archive } from './read-archive';

const OPEN_DOCUMENT_TEXT = new Set(['text:p', 'text:h', 'text:span', 'text:a', 'dc:creator']);

function isPresentation(archive: Archive): boolean {
  return archive.get('mimetype')?.includes('opendocument.presentation') === true;
}

/** How many slides a presentation has, hidden ones too; undefined when the package is something else. */
export function slideCount(archive: Archive): number | undefined {
  if (archive.has('ppt/presentation.xml')) {
    return part(archive, 'ppt/presentation.xml')!.match(/<p:sldId\s/g)?.length ?? 0;
  }
  if (!isPresentation(archive)) return undefined;
  return part(archive, 'content.xml')?.match(/<draw:page\s/g)?.length ?? 0;
}

/** Whether a slide is passed over when the presentation is shown. */
export function hasHiddenSlides(archive: Archive): boolean {
  const hidden = partsLike(archive, /^ppt\/slides\/slide\d+\.xml$/).some((xml) =>
    /<p:sld\b[^>]*\sshow\s*=\s*["'](0|false)["']/.test(xml),
  );
  return (
    hidden || partsLike(archive, /^content\.xml$/).some((xml) => /presentation:visibility\s*=\s*"hidden"/.test(xml))
  );
}

/** What the speaker has in front of him or her, a text a slide. */
export function speakerNotes(archive: Archive): string[] {
  const powerPoint = partsLike(archive, /^ppt\/notesSlides\/notesSlide\d+\.xml$/).flatMap((xml) =>
    textsInside(xml, 'p:txBody', new Set(['a:t'])),
  );
  const open = partsLike(archive, /^content\.xml$/).flatMap((xml) =>
    textsInside(xml, 'presentation:notes', OPEN_DOCUMENT_TEXT),
  );
  // The number of the slide stands in a box of its own.
  return [...powerPoint, ...open].map(({ text }) => text).filter((text) => !/^\d+$/.test(text));
}

/** Comments of PowerPoint (old and threaded) and of Impress, which has a name of its own for them. */
export function slideComments(archive: Archive): string[] {
  const powerPoint = partsLike(archive, /^ppt\/comments\/.*\.xml$/).flatMap((xml) => [
    ...textsInside(xml, 'p:cm', new Set(['p:text', 'a:t'])),
    ...textsInside(xml, 'p188:cm', new Set(['a:t'])),
  ]);
  const impress = partsLike(archive, /^content\.xml$/).flatMap((xml) =>
    textsInside(xml, 'officeooo:annotation', OPEN_DOCUMENT_TEXT),
  );
  return [...powerPoint, ...impress].map(({ text }) => text);
}
