import { clock, danishDay, longDate } from '../../law';
import type { Incident, IncidentCause, Severity } from './incident.entity';
import { kindsInWords } from './letter-proposal';

/** What Datatilsynet is told, GDPR article 33(3), in the order of its form at virk.dk. */
export interface NotificationText {
  /** (a): what happened, with kinds of data and about how many people and records. */
  nature: string;
  /** (b): whom to ask. */
  contact: string;
  /** (c): what may come of it. */
  consequences: string;
  /** (d): what was done, and what is going to be. */
  measures: string;
}

export const NOTIFICATION_PARTS: { part: keyof NotificationText; title: string; provision: string }[] = [
  { part: 'nature', title: 'Hvad er der sket?', provision: 'artikel 33, stk. 3, litra a' },
  { part: 'contact', title: 'Hvem kan kontaktes?', provision: 'litra b' },
  { part: 'consequences', title: 'Hvad kan bruddet betyde?', provision: 'litra c' },
  { part: 'measures', title: 'Hvad er der gjort, og hvad bliver der gjort?', provision: 'litra d' },
];

/** What the text is built of. */
export interface NotificationFacts {
  incident: Pick<Incident, 'cause' | 'noticedAt' | 'severity' | 'persons' | 'records' | 'kinds'>;
  what: string;
  noticedBy: string;
  authority: { name: string; dpoEmail: string; contactPhone: string };
  deliveries: { at: Date; channel: string; isWhole: boolean; pages: number; isStopped: boolean }[];
  letters: { kind: 'recipient' | 'concerned'; hasLeft: boolean }[];
}

export const CAUSES: Record<IncidentCause, string> = {
  'wrong-recipient': 'Svaret er sendt til en forkert modtager',
  misfiled: 'Et dokument lå på en forkert borger',
  'not-redacted': 'En oplysning skulle have været fjernet',
  other: 'Noget andet',
};

const CONSEQUENCES: Record<Severity, string> = {
  low: 'Det er usandsynligt, at bruddet indebærer en risiko for de personer, oplysningerne handler om.',
  medium:
    'De personer, oplysningerne handler om, kan opleve, at en anden kender forhold, de ønsker at holde for sig selv.',
  high: 'De personer, oplysningerne handler om, kan opleve, at følsomme eller fortrolige forhold bliver kendt, og at det får alvorlige følger for dem, for eksempel for deres sikkerhed, helbred eller forhold til andre.',
};

/** A proposal in whole sentences; an employee reads, mends and answers for it. It names nobody. */
export function proposedNotification(facts: NotificationFacts): NotificationText {
  const { incident, what, noticedBy, authority } = facts;
  const { noticedAt, persons, records, kinds } = incident;
  return {
    nature: [
      `${what}`,
      `Bruddet blev opdaget den ${longDate(danishDay(noticedAt))} kl. ${clock(noticedAt)} (${noticedBy}).`,
      ...facts.deliveries.map(deliveryInWords),
      `Det drejer sig om ${kindsInWords(kinds)}, om cirka ${amount(persons, 'person', 'personer')} og cirka ${amount(records, 'registrering', 'registreringer')}.`,
    ].join('\n\n'),
    contact: `Databeskyttelsesrådgiveren i ${authority.name}: ${authority.dpoEmail}. Kommunens telefon: ${authority.contactPhone}.`,
    consequences: CONSEQUENCES[incident.severity ?? 'medium'],
    measures: measures(facts).join('\n\n'),
  };
}

function deliveryInWords({ at, channel, isWhole, pages, isStopped }: NotificationFacts['deliveries'][number]): string {
  const where = isWhole ? 'hele svaret' : amount(pages, 'side', 'sider');
  if (isStopped)
    return `Et svar på en anmodning om aktindsigt blev standset, før det blev sendt. Bruddet omfatter ${where}.`;
  return `Et svar på en anmodning om aktindsigt blev sendt den ${longDate(danishDay(at))} kl. ${clock(at)} (${channel.toLowerCase()}). Bruddet omfatter ${where}.`;
}

function measures({ deliveries, letters }: NotificationFacts): string[] {
  const told = (kind: 'recipient' | 'concerned'): number =>
    letters.filter((each) => each.kind === kind && each.hasLeft).length;
  return [
    ...(deliveries.some(({ isStopped }) => isStopped)
      ? ['En afsendelse er standset, før svaret forlod kommunen.']
      : []),
    ...(told('recipient') > 0
      ? [
          `Vi har skrevet til ${amount(told('recipient'), 'modtager', 'modtagere')} og bedt om, at oplysningerne bliver slettet og ikke givet videre.`,
        ]
      : ['Vi skriver til modtageren og beder om, at oplysningerne bliver slettet og ikke givet videre.']),
    ...(told('concerned') > 0
      ? [`Vi har underrettet ${amount(told('concerned'), 'person', 'personer')}, som oplysningerne handler om.`]
      : []),
    'Kommunen gennemgår, hvordan det kunne ske, og retter det, der er nødvendigt, for at det ikke sker igen.',
  ];
}

function amount(count: number | null, singular: string, plural: string): string {
  return `${count ?? 0} ${count === 1 ? singular : plural}`;
}
