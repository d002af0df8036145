import { BEGINS, ORGANISATION_WORD, OTHER, PLACE } from '../labels';
import { LabelledTextBuilder, type LabelledText } from './labelled-text';
import { MUNICIPAL_SENTENCES, SENTENCES_WITHOUT_NAMES } from './municipal-sentences';
import type { NameLists } from './name-lists';
import { genitive, type NameMaker } from './name-maker';
import type { Random } from './random';

const JOBS =
  'Socialrådgiver,Sagsbehandler,Jobkonsulent,Lærer,Pædagog,Læge,Overlæge,Sygeplejerske,Psykolog,Advokat,Familiekonsulent,Fysioterapeut,Teamleder,Tolk,Sosu-assistent,Sundhedsplejerske,Konsulent,Kontaktperson,Politiassistent,Vicevært,Tandlæge'.split(
    ',',
  );
const RELATIONS =
  'mor,far,søster,bror,kone,mand,kæreste,veninde,ven,nabo,mormor,farfar,onkel,tante,datter,søn,ekskone,samlever,svigermor,kusine,fætter,stedfar,kollega,ægtefælle'.split(
    ',',
  );
const ORGANISATION_HEADS =
  'Jobcenter,Børnehuset,Plejecenter,Ungdomscenter,Bofællesskabet,Boligforeningen,Lægehuset,Familiecenter,Værestedet,Daginstitutionen'.split(
    ',',
  );
const ORGANISATION_TAILS =
  'Solgården,Birkelund,Mosevang,Lindely,Regnbuen,Troldehøj,Kastanjen,Søbredden,Nord,Vest,Fyrtårnet,Granhøj,Mariehøj,Skovbrynet,Kridthuset'.split(
    ',',
  );
const ORGANISATION_ENDS = [
  'Skole',
  'Kommune',
  'Sygehus',
  'Boligselskab',
  'Børnehave',
  'Bibliotek',
  'Transport A/S',
  'Byg ApS',
];
const MONTHS = 'januar,februar,marts,april,maj,juni,juli,august,september,oktober,november,december'.split(',');

/** Texts of a few sentences, put together anew each time, in which every name is known. */
export class MunicipalTexts {
  constructor(
    private readonly names: NameMaker,
    private readonly lists: NameLists,
    private readonly random: Random,
  ) {}

  next(): LabelledText {
    const builder = new LabelledTextBuilder();
    const count = 1 + this.random.below(4);
    for (let i = 0; i < count; i += 1) {
      const sentence = this.random.of(this.random.chance(0.62) ? MUNICIPAL_SENTENCES : SENTENCES_WITHOUT_NAMES);
      if (i > 0) builder.add(this.random.chance(0.6) && !sentence.includes('\n') ? ' ' : '\n');
      this.fill(sentence, builder);
    }
    return { ...builder.done(), kind: 'case file' };
  }

  private fill(sentence: string, builder: LabelledTextBuilder): void {
    for (const piece of sentence.split(/(\{[A-Z]+\})/)) {
      const slot = /^\{([A-Z]+)\}$/.exec(piece)?.[1];
      if (!slot) builder.add(piece);
      else builder.add(...this.filling(slot));
    }
  }

  private filling(slot: string): [text: string, label: number] {
    const { names, random } = this;
    switch (slot) {
      case 'N':
        return [names.full(), BEGINS];
      case 'F':
        return [names.first(), BEGINS];
      case 'L':
        return [names.last(), BEGINS];
      case 'K':
        return [names.nickname(), BEGINS];
      case 'G':
        return [genitive(names.first()), BEGINS];
      case 'NG':
        return [genitive(names.full()), BEGINS];
      case 'O':
        return [this.organisation(), ORGANISATION_WORD];
      case 'C':
        return [random.of(this.lists.towns), PLACE];
      case 'S':
        return [`${random.of(this.lists.streets)} ${1 + random.below(200)}`, PLACE];
      default:
        return [this.plain(slot), OTHER];
    }
  }

  private plain(slot: string): string {
    const { random } = this;
    const digits = (count: number): string => Array.from({ length: count }, () => random.below(10)).join('');
    const two = (below: number): string => String(1 + random.below(below)).padStart(2, '0');
    switch (slot) {
      case 'J':
        return random.chance(0.5) ? random.of(JOBS) : random.of(JOBS).toLowerCase();
      case 'R':
        return random.of(RELATIONS);
      case 'D':
        return random.chance(0.5)
          ? `${1 + random.below(28)}. ${random.of(MONTHS)}`
          : `${two(28)}.${two(12)}.20${two(25)}`;
      case 'T':
        return `${two(23)}.${two(59)}`;
      case 'CPR':
        return `${two(28)}${two(12)}${two(98)}-${digits(4)}`;
      case 'TLF':
        return [digits(2), digits(2), digits(2), digits(2)].join(' ');
      case 'I':
        return [this.names.first()[0], this.names.last()[0], random.chance(0.4) ? this.names.last()[0] : '']
          .join('')
          .toUpperCase();
      default:
        return String(1 + random.below(9000));
    }
  }

  private organisation(): string {
    const { random } = this;
    const kind = random.next();
    if (kind < 0.4) return `${random.of(ORGANISATION_HEADS)} ${random.of(ORGANISATION_TAILS)}`;
    if (kind < 0.7) return `${random.of(this.lists.towns)} ${random.of(ORGANISATION_ENDS)}`;
    if (kind < 0.85) return `${this.names.last()} ${random.of(ORGANISATION_ENDS)}`;
    return random.of(ORGANISATION_TAILS);
  }
}
