import { BEGINS, ORGANISATION_WORD, PLACE } from '../labels';
import type { LabelledSpan, LabelledText } from './labelled-text';

const LABEL_OF: Record<string, number> = { PER: BEGINS, LOC: PLACE, ORG: ORGANISATION_WORD };

/** One sentence as its file has it: words with the place where each stands in the text. */
export interface AnnotatedSentence extends LabelledText {
  words: { start: number; end: number; tag: string }[];
}

/** Reads sentences of a UNER file: `# text = …`, then a line a word with the tag in the third column. */
export function readIob2(content: string): AnnotatedSentence[] {
  return content
    .split(/\n\s*\n/)
    .filter((block) => block.includes('# text = '))
    .map(readSentence);
}

function readSentence(block: string): AnnotatedSentence {
  const lines = block.split('\n');
  const text = lines.find((line) => line.startsWith('# text = '))!.slice('# text = '.length);
  const words: AnnotatedSentence['words'] = [];
  let done = 0;
  for (const line of lines) {
    if (line.startsWith('#') || line === '') continue;
    const [, word = '', tag = 'O'] = line.split('\t');
    const start = text.indexOf(word, done);
    if (start === -1) throw new Error(`A word of a sentence is not in its text: ${lines[0]}. The corpus is damaged.`);
    words.push({ start, end: start + word.length, tag });
    done = start + word.length;
  }
  return { text, words, spans: spansOf(words) };
}

function spansOf(words: AnnotatedSentence['words']): LabelledSpan[] {
  const spans: LabelledSpan[] = [];
  let before = 'O';
  for (const { start, end, tag } of words) {
    const [position, type = ''] = tag.split('-');
    const label = LABEL_OF[type];
    if (label !== undefined) {
      const goesOn = position === 'I' && before.endsWith(type) && spans.length > 0;
      if (goesOn) spans.at(-1)!.end = end;
      else spans.push({ start, end, label });
    }
    before = tag;
  }
  return spans;
}
