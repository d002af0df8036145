/** Nouns for a private relation, folded and in their base form; endings are added by the patterns that use them. */

export type Kin = 'mother' | 'father' | 'child' | 'spouse' | 'other';

const PARENTS = {
  mother: 'mor|moder|mamma',
  father: 'far|fader|papa',
};
const CHILD = 'datter|døtre|søn|sønner|barn|børn|dreng|pige|filius|filia|søskendebarn';
const SPOUSE =
  'kone|hustru|ægtefælle|ægtefelle|ægtemand|samlever|samleverske|kæreste|forlovede|forlovet|partner|eks|ex|ekskone|eksmand|ekskæreste|ekssamlever|eksægtefælle|exmand|exkone';
/** Family beyond the household, by every usual prefix. */
const FAMILY =
  'bror|broder|brødre|søster|søstre|søskende|tvilling|tvillingebror|tvillingesøster|halvbror|halvbroder|halvsøster|halvsøskende|storebror|storesøster|lillebror|lillesøster|' +
  'stedmor|stedmoder|stedfar|stedfader|steddatter|stedsøn|stedbarn|stedbørn|stedbror|stedsøster|bonusmor|bonusfar|bonusdatter|bonussøn|bonusbarn|bonusbror|bonussøster|papfar|papmor|' +
  'plejemor|plejemoder|plejefar|plejefader|plejebarn|plejebørn|plejedatter|plejesøn|plejebror|plejesøster|plejeforældre|plejefamilie|adoptivmor|adoptivfar|adoptivforældre|adoptivbarn|' +
  'svigermor|svigermoder|svigerfar|svigerfader|svigersøn|svigerdatter|svigerinde|svoger|svigerforældre|svigerfamilie|' +
  'mormor|mormoder|morfar|morfader|farmor|farmoder|farfar|farfader|bedstemor|bedstefar|bedstemoder|bedstefader|bedsteforældre|bedste|oldemor|oldefar|oldeforældre|' +
  'onkel|tante|moster|faster|morbror|morbroder|farbror|farbroder|kusine|fætter|grandfætter|grandkusine|niece|nevø|søstersøn|søsterdatter|brodersøn|broderdatter|' +
  'barnebarn|børnebørn|barnebørn|oldebarn|oldebørn|sønnesøn|sønnedatter|dattersøn|datterdatter|enke|enkemand|forældre|forældrepar|slægtning|pårørende|mater|pater|frater|soror|gudmor|gudfar|familiemedlem|' +
  'teenagedatter|teenagesøn|spædbarn|fosterbarn|fostermor|fosterfar|værge';
/** Those outside the family. */
const ACQUAINTANCE =
  'veninde|ven|venner|kammerat|klassekammerat|skolekammerat|studiekammerat|legekammerat|barndomsven|barndomsveninde|skoleveninde|bekendt|bekendte|roomie|bofælle|bofælde|sambo|' +
  'nabo|naboerske|nabopar|naboægtepar|genbo|genboer|overbo|underbo|medbeboer|medlejer|sidekammerat|hegnsnabo|husfælle|' +
  'kollega|kolleger|arbejdskammerat|chefkollega|medpatient|stuekammerat|medindsat|medkursist|' +
  'udlejer|udlejerske|fremlejer|fremlejetager|lejer|logerende|lodger|værtinde|kautionist|kreditor|' +
  'anmelder|underretter|tipser|vidne|forurettede|forulempede|gerningsmand|' +
  'imam|præstekone|landsmand|medpassager|holdkammerat|svirebroder|drikkefælle|elsker|elskerinde|flirt|bejler|afdøde|ungkarl';

/** Stems by what the relation is, each a list for a pattern. */
export const KIN_STEMS: Readonly<Record<Kin, string>> = {
  ...PARENTS,
  child: CHILD,
  spouse: SPOUSE,
  other: `${FAMILY}|${ACQUAINTANCE}|mand`,
};

/** Nouns that tell of one person who is named beside them; words that name many people or an ordinary man are left out. */
export const KIN_NOUN = `${PARENTS.mother}|${PARENTS.father}|datter|søn|${SPOUSE}|${FAMILY}|${ACQUAINTANCE}`;
