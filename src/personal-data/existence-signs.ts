/** What speaks for keeping quiet that a case exists (see docs/data-protection.md): the kind of sign and why it counts. */
export interface ExistenceSign {
  kind: 'control-case' | 'fresh-notification' | 'police' | 'planned-placement';
  /** One Danish sentence for staff; it repeats nothing of the text. */
  reason: string;
  /** The text it was found in. */
  textId: string;
}

interface Signal {
  kind: ExistenceSign['kind'];
  words: RegExp;
  /** What ends the need: the citizen has been told, or it is over. */
  unless: RegExp;
  reason: string;
}

const HEARD =
  /(?:partshør(?:t|ing)|er orienteret|har fået besked|blev orienteret|er underrettet om sagen|kopi er sendt til borgeren|afsluttet|henlagt)/;
/** A notification is fresh for this many days: it is assessed within 24 hours and the parents are told soon after. */
const FRESH_DAYS = 21;

const SIGNALS: readonly Signal[] = [
  {
    kind: 'control-case',
    words:
      /(?<!\p{L})(?:kontrolsag|kontrolgruppe|kontrolteam|kontrolenhed|kontrolbesøg|anonymt tip|anonym anmeldelse|mistanke om (?:socialt )?(?:bedrageri|snyd|samliv|sort arbejde)|skjult observation|registersamkøring)/u,
    unless: HEARD,
    reason:
      'Teksten tyder på en kontrolsag, hvor borgeren endnu ikke er hørt; kendskab til sagen kan ødelægge kontrollen.',
  },
  {
    kind: 'police',
    words:
      /(?<!\p{L})(?:politianmeld(?:else|t) (?:overvejes|forberedes|afventer)|efterforskning|politiet (?:har bedt|beder|anmoder|ønsker)|videoafhør(?:ing|es)|anklagemyndighed|ransagning|må ikke orienteres af hensyn til)/u,
    unless: /(?:er sigtet og orienteret|sagen er afgjort|dom er faldet|efterforskningen er indstillet)/,
    reason: 'Teksten tyder på, at politiet efterforsker; kendskab til sagen kan skade efterforskningen.',
  },
  {
    kind: 'planned-placement',
    words:
      /(?<!\p{L})(?:(?:påtænk(?:t|er)|planlag(?:t|te)|forbered(?:er|es)|indstill(?:er|es|ing) (?:om|til)) (?:\p{L}+ ){0,3}(?:anbringelse|tvangsanbringelse|tvangsfjernelse|hjemtagelse)|anbringelse uden samtykke|akut anbringelse|formandsbeslutning|formandsafgørelse)/u,
    unless: /(?:er partshørt|har fået advokat|forældrene er orienteret|afgørelsen er meddelt|anbragt siden|samtykker)/,
    reason: 'Teksten tyder på, at en anbringelse forberedes, uden at familien er orienteret.',
  },
];
const NOTIFICATION = /(?<!\p{L})underretning(?:en)?(?!\p{L})/u;
const DATE = /(?<!\d)(\d{1,2})[./-](\d{1,2})[./-]((?:20)?\d{2})(?!\d)/gu;

/**
 * Proposes that the existence of a case is protected, from signs in its texts. It decides nothing: a jurist does.
 * @param today what "fresh" is counted from
 * @returns the signs found, at most one of a kind a text; empty when nothing speaks for it
 */
export function existenceSigns(texts: readonly { id: string; text: string }[], today: Date): ExistenceSign[] {
  return texts.flatMap(({ id, text }) => {
    const folded = text.toLowerCase().replace(/\s+/g, ' ');
    const found = SIGNALS.filter(({ words, unless }) => words.test(folded) && !unless.test(folded));
    const signs: ExistenceSign[] = found.map(({ kind, reason }) => ({ kind, reason, textId: id }));
    return isFreshNotification(folded, today) ? [...signs, freshNotification(id)] : signs;
  });
}

function freshNotification(textId: string): ExistenceSign {
  const reason = `Teksten er en underretning, som er under ${FRESH_DAYS} dage gammel, og som familien måske ikke kender.`;
  return { kind: 'fresh-notification', reason, textId };
}

function isFreshNotification(folded: string, today: Date): boolean {
  if (!NOTIFICATION.test(folded.slice(0, 1500)) || HEARD.test(folded)) return false;
  return [...folded.matchAll(DATE)].some(([, day, month, year]) => {
    const written = Date.UTC(Number(year!.padStart(4, '20')), Number(month) - 1, Number(day));
    const age = (today.getTime() - written) / 86_400_000;
    return age >= 0 && age <= FRESH_DAYS;
  });
}
