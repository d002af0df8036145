import type { Mention, Mentions } from '../mention';
import type { Reading, Token } from '../tokens';
import { speakerAt } from './speaker';

/** Of whom a word speaks: a mention, or null for somebody who is kept or cannot be told. */
export interface Subject {
  mention: Mention;
  /** End of the staff's sentence: how it is known. */
  because: string;
}

const PREPOSITION = /^(?:hos|til|fra|med|for|om|mod|af|ved|på|t|m|efter|ifølge|iflg|overfor|v)$/;
const THIRD_SINGULAR = /^(?:han|hun|ham|hende|hans|hendes|denne|dennes|vedkommende|pågældende)$/;
const FIRST_PERSON = /^(?:jeg|mig|min|mit|mine|vi|os|vores|mæ|a)$/;
const SECOND_PERSON = /^(?:du|dig|din|dit|dine|jer|jeres)$/;
const IS_FEMALE = /^(?:hun|hende|hendes)$/;
const IS_MALE = /^(?:han|ham|hans)$/;
const RELATIVE = /^(?:som|der|hvis)$/;
/** How far back the one whom a pronoun means may stand. */
const PRONOUN_REACH = 320;
const AFTER_REACH = 60;
/** Words looked at within a sentence; a longer one is no sentence. */
const LONGEST_SENTENCE = 80;
/** A sentence that leaves out its subject goes on about the one before it. */
const ELLIPSIS_REACH = 140;
const WOMEN =
  /^(?:mor|moder|datter|søster|kone|hustru|veninde|moster|faster|tante|mormor|farmor|niece|kusine|fru|frk|mater|soror|svigermor|plejemor|enke|svigerinde|eksko|storesøster|lillesøster|halvsøster)/;
const MEN =
  /^(?:far|fader|søn|bror|broder|mand|onkel|morbror|farbror|morfar|farfar|nevø|fætter|hr|pater|frater|svigerfar|plejefar|enkemand|svoger|eksmand|storebror|lillebror|halvbror|ven$|vennen)/;

/** Finds of whom the words of one text speak. */
export class Subjects {
  private readonly mentionAt: Int32Array;

  constructor(
    private readonly reading: Reading,
    private readonly mentions: Mentions,
  ) {
    this.mentionAt = new Int32Array(reading.tokens.length).fill(-1);
    let at = 0;
    for (const token of reading.tokens) {
      while (at < mentions.inOrder.length && mentions.inOrder[at]!.end <= token.start) at += 1;
      for (let i = at; i < Math.min(at + 3, mentions.inOrder.length); i += 1) {
        const { start, end } = mentions.inOrder[i]!;
        if (start <= token.start && end > token.start) this.mentionAt[token.index] = i;
      }
    }
  }

  /** True when the token is part of a name or a word for a relation. */
  isMention(token: Token): boolean {
    return this.mentionAt[token.index]! !== -1;
  }

  /** Of whom the place from `start` to `end` speaks, be it words or figures; null when it is nobody who can be told. */
  of(start: number, end: number): Subject | null {
    const next = firstTokenFrom(this.reading.tokens, start);
    const previous = this.reading.tokens[next - 1];
    const following = this.reading.tokens[next];
    // A figure has no token of its own: it belongs to the sentence of the word before it unless a mark parts them.
    const isNewSentence =
      !previous || /[.!?]\s|\n/.test(this.reading.text.slice(previous.end, Math.min(start, previous.end + 80)));
    const isWord = following?.start === start;
    const sentence =
      this.reading.sentenceOf[isWord || isNewSentence ? Math.min(next, this.reading.tokens.length - 1) : next - 1];
    const before = this.inSentenceBefore(next, sentence);
    const found = before ?? this.inSentenceAfter(next, end, sentence) ?? this.carriedOn(next, start);
    return found === 'kept' ? null : found;
  }

  private inSentenceBefore(first: number, sentence: number | undefined): Subject | 'kept' | null {
    let object: Mention | null = null;
    let keptAtWork = false;
    let crossedRelative = false;
    for (
      let at = first - 1;
      at >= Math.max(0, first - LONGEST_SENTENCE) && this.reading.sentenceOf[at] === sentence;
      at -= 1
    ) {
      const token = this.reading.tokens[at]!;
      const mention = this.mentionOf(token);
      if (!mention) {
        if (RELATIVE.test(token.folded)) crossedRelative = true;
        const meant = this.byPronoun(token);
        if (meant && !(object && !crossedRelative && meant === 'kept')) return meant;
        continue;
      }
      const isOwner = this.isOwnerOf(at, first);
      at = Math.min(at, this.firstTokenOf(mention, at));
      if (isAtWork(mention)) keptAtWork = true;
      else if (isOwner) return told(mention, 'det er sagt som personens');
      else if (!crossedRelative && this.isObject(at)) object ??= mention;
      else return told(mention, 'personen er nævnt i samme sætning');
    }
    if (object) return told(object, 'personen er den eneste, der er nævnt i sætningen');
    return keptAtWork && !this.opensWithLabel(first) ? 'kept' : null;
  }

  private inSentenceAfter(from: number, end: number, sentence: number | undefined): Subject | 'kept' | null {
    for (let at = from; at < this.reading.tokens.length; at += 1) {
      const token = this.reading.tokens[at]!;
      if (token.start < end) continue;
      if (this.reading.sentenceOf[at] !== sentence || token.start - end > AFTER_REACH) return null;
      const mention = this.mentionOf(token);
      if (mention && !isAtWork(mention)) {
        const isBeside = /^[^,;\n]{0,30}$/.test(this.reading.text.slice(end, mention.start));
        return isBeside ? told(mention, 'personen er nævnt lige efter') : null;
      }
      const meant = mention ? null : this.byPronoun(token);
      if (meant) return meant;
    }
    return null;
  }

  /** Telegram style: "Hanne L. på besøg. Sygemeldt med stress." */
  private carriedOn(first: number, start: number): Subject | 'kept' | null {
    const from = Math.max(0, start - ELLIPSIS_REACH);
    for (let at = first - 1; at >= 0 && this.reading.tokens[at]!.start >= from; at -= 1) {
      if (/\n/.test(this.reading.tokens[at + 1]?.gap ?? '')) return null;
      const mention = this.mentionOf(this.reading.tokens[at]!);
      // "Talt med Hanne om plads. Har gæld." goes on about the requester, whose file it is.
      if (mention && !mention.isKept && this.isObject(this.firstTokenOf(mention, at))) return 'kept';
      if (mention && !isAtWork(mention)) return told(mention, 'teksten handler om personen lige før');
    }
    return null;
  }

  /** Whom a pronoun means; `kept` when it is the requester or somebody at work who writes. */
  private byPronoun(token: Token): Subject | 'kept' | null {
    const word = token.folded;
    if (token.letterCase === 'upper' && word.length < 2) return null;
    if (FIRST_PERSON.test(word)) {
      const speaker = speakerAt(this.reading, this.mentions, token.start);
      return speaker && !speaker.isKept
        ? { mention: speaker, because: 'personen skriver eller siger det selv' }
        : 'kept';
    }
    if (SECOND_PERSON.test(word) || (/^(?:de|dem|deres)$/.test(word) && this.isPolite(token))) return 'kept';
    if (!THIRD_SINGULAR.test(word)) return null;
    return this.antecedent(token);
  }

  private antecedent(pronoun: Token): Subject | 'kept' | null {
    const from = Math.max(0, pronoun.start - PRONOUN_REACH);
    let fallback: Mention | null = null;
    for (let at = pronoun.index - 1; at >= 0 && this.reading.tokens[at]!.start >= from; at -= 1) {
      const mention = this.mentionOf(this.reading.tokens[at]!);
      if (!mention) continue;
      at = Math.min(at, this.firstTokenOf(mention, at));
      if (isAtWork(mention) || this.isOtherSex(mention, pronoun.folded)) continue;
      if (!this.isObject(at)) return told(mention, 'ordet »han« eller »hun« viser tilbage til personen');
      fallback ??= mention;
    }
    return fallback ? told(fallback, 'ordet »han« eller »hun« viser tilbage til personen') : null;
  }

  private mentionOf(token: Token): Mention | null {
    const at = this.mentionAt[token.index]!;
    return at === -1 ? null : this.mentions.inOrder[at]!;
  }

  private firstTokenOf(mention: Mention, at: number): number {
    let first = at;
    while (first > 0 && this.reading.tokens[first - 1]!.start >= mention.start) first -= 1;
    return first;
  }

  /** `Rezas psykiatriske journal`: the genitive directly before the matter, with at most two words between. */
  private isOwnerOf(lastToken: number, first: number): boolean {
    if (first - lastToken > 3 || !/s['’]?$|['’]$/u.test(this.reading.tokens[lastToken]!.text)) return false;
    return this.reading.tokens.slice(lastToken + 1, first + 1).every(({ gap }) => gap === ' ');
  }

  /** The mention whose first token this is stands after a preposition: "hos Lars", "til hans mor". */
  private isObject(at: number): boolean {
    const before = this.reading.tokens[at - 1];
    const gap = this.reading.tokens[at]!.gap;
    return before !== undefined && /^[ .]{1,2}$/.test(gap) && PREPOSITION.test(before.folded);
  }

  private isOtherSex(mention: Mention, pronoun: string): boolean {
    const sex = this.sexOf(mention);
    return (sex === 'woman' && IS_MALE.test(pronoun)) || (sex === 'man' && IS_FEMALE.test(pronoun));
  }

  private sexOf({ person, start, end, kind }: Mention): 'woman' | 'man' | null {
    const word = kind === 'relation' ? this.reading.folded.slice(start, end).split(' ').at(-1)! : (person?.role ?? '');
    if (kind === 'relation' || !person?.cpr) {
      if (WOMEN.test(word)) return 'woman';
      if (MEN.test(word)) return 'man';
    }
    if (!person?.cpr) return null;
    return Number(person.cpr.at(-1)) % 2 === 1 ? 'man' : 'woman';
  }

  private isPolite(token: Token): boolean {
    return token.letterCase === 'capital' && !token.opensSentence && !token.opensLine;
  }

  /** `Læge Poulsen: bipolar`: who is named before a colon says it, and is not spoken of. */
  private opensWithLabel(first: number): boolean {
    return /:\s/.test(this.reading.tokens[first]?.gap ?? '');
  }
}

function firstTokenFrom(tokens: readonly Token[], position: number): number {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tokens[middle]!.start < position) low = middle + 1;
    else high = middle;
  }
  return low;
}

function told(mention: Mention, because: string): Subject {
  return { mention, because };
}

function isAtWork({ person }: Mention): boolean {
  return person?.access === 'employee' || person?.access === 'professional';
}
