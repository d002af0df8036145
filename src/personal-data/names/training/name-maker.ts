import { lexicon } from '../../lexicon';
import { fold } from '../../folding';
import type { NameLists } from './name-lists';
import type { Random } from './random';

const FOREIGN_ENDINGS =
  'ski ska wicz czyk ović ić enko chuk yan ian zadeh oğlu ov ova escu nen sson dóttir ez ini'.split(' ');
const STEMS =
  'kowal novak petr ivan rosen demir halil moham bereg tsvet kar ade abdul sinh mark olaf saar vesel gomez marti jovan stan lev bal'.split(
    ' ',
  );
const NICKNAME_ENDINGS = ['i', 'ie', 'y', 'o', 'sen', 'ser', 'ne'];

/** Makes names as people in Denmark bear them, the usual ones often and the rare ones too. */
export class NameMaker {
  constructor(
    private readonly lists: NameLists,
    private readonly random: Random,
  ) {}

  first(): string {
    const { random, lists } = this;
    if (random.chance(0.22)) return random.of(lists.minorityFirst);
    const name = random.byRank(random.chance(0.5) ? lists.women : lists.men);
    return random.chance(0.05) ? `${name}-${random.byRank(lists.men.slice(0, 300))}` : name;
  }

  last(): string {
    const { random, lists } = this;
    const kind = random.next();
    if (kind < 0.55) return random.byRank(lists.surnames);
    if (kind < 0.68) return random.of(lists.placeSurnames);
    if (kind < 0.82) return random.of(lists.minorityLast);
    if (kind < 0.88) return this.foreignSurname();
    if (kind < 0.92) return `${random.byRank(lists.surnames)}-${random.of(lists.placeSurnames)}`;
    return random.of(lists.surnames);
  }

  /** First name, often a middle name, last name, in the ways they are written. */
  full(): string {
    const { random } = this;
    const [first, last] = [this.first(), this.last()];
    const kind = random.next();
    if (kind < 0.5) return `${first} ${last}`;
    if (kind < 0.75) return `${first} ${random.chance(0.6) ? this.last() : this.first()} ${last}`;
    if (kind < 0.8) return `${first} ${this.first()} ${this.last()} ${last}`;
    if (kind < 0.87) return `${first} ${last[0]}.`;
    if (kind < 0.91) return `${first[0]}. ${last}`;
    if (kind < 0.95) return `${first} ${this.last()[0]}. ${last}`;
    if (kind < 0.97) return `${first} ${random.of(['al', 'van', 'de', 'von', 'el', 'ben', 'da'])} ${last}`;
    return `${last}, ${first}`;
  }

  nickname(): string {
    const short = this.first()
      .split('-')[0]!
      .slice(0, 4)
      .replace(/[aeiouyæøå]$/i, '');
    return short + this.random.of(NICKNAME_ENDINGS);
  }

  /** Another name in the shape of this one: as many words, genitive and initials where it has them. Null: no usual name. */
  like(written: string): string | null {
    const words = written.split(' ');
    if (!words.some(isListed)) return null;
    const other = words.map((word, at) => {
      if (/^\p{Lu}\.?$/u.test(word)) return `${this.first()[0]}${word.endsWith('.') ? '.' : ''}`;
      if (/^\p{Ll}/u.test(word)) return word;
      const isFirst = at === 0 && (words.length > 1 || isFirstName(word));
      const name = isFirst ? this.first() : this.last();
      return isGenitive(word) ? genitive(name) : name;
    });
    return other.join(' ');
  }

  private foreignSurname(): string {
    const stem = this.random.of(STEMS);
    return stem[0]!.toUpperCase() + stem.slice(1) + this.random.of(FOREIGN_ENDINGS);
  }
}

/** `Jens` -> `Jens'`, `Karen` -> `Karens`. */
export function genitive(name: string): string {
  return /[sxz]$/.test(name) ? `${name}'` : `${name}s`;
}

function isFirstName(word: string): boolean {
  const known = lexicon();
  const folded = fold(word);
  return known.isCommonFirstName(folded) || known.isCommonFirstName(folded.replace(/s$/, ''));
}

function isListed(word: string): boolean {
  const known = lexicon();
  const folded = fold(word);
  return [folded, folded.replace(/s$/, '')].some((form) => known.isFirstName(form) || known.isSurname(form));
}

function isGenitive(word: string): boolean {
  const known = lexicon();
  const folded = fold(word);
  const isName = (form: string): boolean => known.isFirstName(form) || known.isSurname(form);
  return /s$/.test(folded) && !isName(folded) && isName(folded.slice(0, -1));
}
