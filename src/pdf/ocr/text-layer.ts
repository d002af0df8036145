import type { Box, Word } from '../../contracts';

/** Fewer words than this cannot tell whether a layer is the picture's. */
const FEWEST_WORDS = 5;
/** Of the layer's words, so many must be found in the picture; a reading program misses some. */
const AGREES = 0.6;

export interface LayerAgreement {
  /** True when the layer over the pictures says something else than the pictures do. */
  differs: boolean;
  /** Words in the pictures that the layer does not have. */
  missing: Word[];
}

/**
 * Compares the text layer over a page's pictures with what a reading program sees there. A hidden layer may have been made
 * from another page, or to mislead: what is removed by the layer's places would then leave the picture as it is.
 */
export function layerAgreement(
  layer: readonly Word[],
  seen: readonly Word[],
  pictures: readonly Box[],
): LayerAgreement {
  const over = layer.filter((word) => pictures.some((box) => isInside(word.box, box)));
  const within = seen.filter((word) => pictures.some((box) => isInside(word.box, box)));
  const said = over.map(({ text }) => folded(text)).filter((text) => text.length >= 3);
  const unheard = new Map<string, number>();
  for (const text of said) unheard.set(text, (unheard.get(text) ?? 0) + 1);
  const more = within.filter(({ text }) => {
    const left = unheard.get(folded(text)) ?? 0;
    if (left > 0) unheard.set(folded(text), left - 1);
    return left === 0;
  });
  const heard = within.length - more.length;
  const differs = said.length >= FEWEST_WORDS && heard / said.length < AGREES;
  return {
    differs,
    missing: differs ? within : more.filter((word) => !layer.some(({ box }) => isInside(word.box, box))),
  };
}

/** True when the middle of one box lies in the other. */
export function isInside(inner: Box, outer: Box): boolean {
  const [x, y] = [(inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2];
  return x >= outer[0] && x <= outer[2] && y >= outer[1] && y <= outer[3];
}

function folded(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
