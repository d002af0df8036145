import type { TextKind } from '../features';
import { OTHER } from '../labels';
import type { Reading } from '../../tokens';

/** A text of which it is known where persons, places and organisations are named. Spans are in order and apart. */
export interface LabelledText {
  text: string;
  spans: LabelledSpan[];
  /** Prose when nothing is said. */
  kind?: TextKind;
}

export interface LabelledSpan {
  start: number;
  end: number;
  /** BEGINS for a person; PLACE or ORGANISATION_WORD. */
  label: number;
}

/** Puts a text together piece by piece and remembers where the labelled pieces came to stand. */
export class LabelledTextBuilder {
  private text = '';
  private readonly spans: LabelledSpan[] = [];

  add(piece: string, label = OTHER): this {
    if (label !== OTHER) this.spans.push({ start: this.text.length, end: this.text.length + piece.length, label });
    this.text += piece;
    return this;
  }

  done(): LabelledText {
    return { text: this.text, spans: this.spans };
  }
}

/** The label of each word of the reading: of a span's words the first begins it, the others continue it. */
export function labelsOf(reading: Reading, spans: LabelledSpan[], begins: number, continues: number): Uint8Array {
  const labels = new Uint8Array(reading.tokens.length);
  let at = 0;
  for (const span of spans) {
    while (at < labels.length && reading.tokens[at]!.end <= span.start) at += 1;
    for (let isFirst = true; at < labels.length && reading.tokens[at]!.start < span.end; at += 1, isFirst = false)
      labels[at] = span.label !== begins ? span.label : isFirst ? begins : continues;
  }
  return labels;
}

/** The text with each piece between spans, and each span, written anew; the labels go with them. */
export function rewritten(
  { text, spans, kind }: LabelledText,
  plain: (piece: string) => string,
  named: (piece: string, span: LabelledSpan) => string,
): LabelledText {
  const builder = new LabelledTextBuilder();
  let done = 0;
  for (const span of spans) {
    builder.add(plain(text.slice(done, span.start)));
    builder.add(named(text.slice(span.start, span.end), span), span.label);
    done = span.end;
  }
  return { ...builder.add(plain(text.slice(done))).done(), kind };
}
