import type { AuditEntry } from '../../platform/audit-log/audit-entry.entity';
import { LIFECYCLE, type RequestState } from '../../requests/lifecycle';

const ACTIONS: Record<string, string> = {
  'request.receive': 'Modtog anmodning',
  'request.transition': 'Flyttede anmodning',
  'source.retry': 'Søgte igen i et system',
  'source.attest': 'Attesterede manuel søgning',
  'overview.show': 'Så egne sager',
  'vault.read': 'Åbnede indhold',
  'gate.stop': 'Kontrollen standsede svaret',
  'review.remove': 'Besluttede at fjerne',
  'review.keep': 'Besluttede at beholde',
  'review.draw': 'Tegnede et felt',
  'review.undo': 'Fortrød beslutninger',
  'review.seen': 'Så en side',
  'file.quarantine': 'Satte fil i karantæne',
  'file.again': 'Prøvede at åbne fil igen',
  'list.export': 'Hentede dokumentlisten',
  'list.import': 'Brugte udfyldt dokumentliste',
  'review.withhold': 'Udelod dokument',
  'review.outside': 'Satte dokument uden for anmodningen',
  'review.reopen': 'Tog dokument op igen',
  'review.belongs': 'Bekræftede, at dokumentet hører til borgeren',
  'review.basis': 'Valgte retsgrundlag',
  'review.duplicate': 'Slog to ens dokumenter sammen',
  'review.not-duplicate': 'Tog stilling til ens dokumenter hver for sig',
  'persons.read': 'Så personerne i en anmodning',
  'persons.merge': 'Samlede to personer',
  'persons.split': 'Skilte en person fra en anden',
  'persons.part': 'Ændrede en persons rolle',
  'persons.everywhere': 'Afgjorde en person overalt',
  'persons.text': 'Afgjorde en tekst overalt',
  'persons.undo': 'Fortrød en ændring af en person',
  'case.protect': 'Skjulte en sag for borgeren',
  'case.open': 'Lod borgeren kende en sag',
  'review.ask': 'Spurgte en kollega om et dokument',
  'check.consistency': 'Sammenholdt dokumenterne',
  'check.removed': 'Fjernede også det andet sted',
  'check.kept': 'Beholdt et sted med begrundelse',
  'archive.who-got': 'Søgte, hvem der fik en side',
  'incident.open': 'Oprettede en hændelse',
  'incident.show': 'Så en hændelse',
  'incident.assess': 'Vurderede en hændelse',
  'incident.add-delivery': 'Føjede en leverance til en hændelse',
  'incident.stop': 'Standsede et svar på grund af en hændelse',
  'incident.comment': 'Skrev en bemærkning til en hændelse',
  'incident.text': 'Skrev teksten til Datatilsynet',
  'incident.fetch': 'Hentede et papir om en hændelse',
  'incident.notified': 'Noterede, at Datatilsynet har fået besked',
  'incident.not-notified': 'Begrundede, at et brud ikke anmeldes',
  'incident.informing': 'Tog stilling til underretning',
  'incident.letter': 'Skrev et brev om en hændelse',
  'incident.letter-drop': 'Opgav et brev om en hændelse',
  'incident.letter-approve': 'Godkendte et brev om en hændelse',
  'incident.letter-submitted': 'Afleverede et brev om en hændelse',
  'incident.letter-hand-over': 'Attesterede, at et brev om en hændelse er sendt',
  'incident.close': 'Afsluttede en hændelse',
  'breach.start': 'Startede vurdering af et brud',
  'breach.conclude': 'Afsluttede vurdering af et brud',
  'breach.list': 'Så listen over brud',
  'sample-audit.draw': 'Trak leverancer til en stikprøve',
  'sample-audit.show': 'Så en stikprøve',
  'sample-audit.answer': 'Gennemgik en leverance i en stikprøve',
  'sample-audit.follow-up': 'Fulgte op på en fejl fra en stikprøve',
  'sample-audit.close': 'Afsluttede en stikprøve',
  'sample.draw': 'Trak en stikprøve',
  'sample.read': 'Læste en side i stikprøven',
  'certificate.issue': 'Udstedte bevis for et svar',
  'decision.sign': 'Godkendte svaret',
  'delivery.undo': 'Fortrød afsendelsen',
  'delivery.release': 'Begyndte at sende svaret',
  'delivery.submitted': 'Afleverede til Digital Post',
  'delivery.delivered': 'Fik kvittering for levering',
  'receipt.unknown-message': 'Fik kvittering for en ukendt besked',
  'receipt.refused': 'Afviste en kvittering',
  'mandate.set': 'Satte en anden end borgeren som modtager',
  'mandate.revoke': 'Satte borgeren som modtager igen',
  'mandate.read': 'Åbnede beviset for en anden modtager',
  'delivery.hand-over': 'Attesterede udlevering',
  'notice.late': 'Skrev fristbrev',
  'notice.late-submitted': 'Afleverede fristbrev',
  'notice.late-hand-over': 'Attesterede, at fristbrev er sendt',
  'journal.entry': 'Journaliserede',
  'complaint.register': 'Registrerede en klage',
  'complaint.body': 'Valgte klageinstans',
  'complaint.reassess': 'Så på svaret igen efter en klage',
  'complaint.forward': 'Sendte en klage videre',
  'complaint.close': 'Skrev udfaldet af en klage',
  'appeal-file.order': 'Bestilte sagen til en klageinstans',
  'appeal-file.made': 'Lavede sagen til en klageinstans',
  'appeal-file.download': 'Hentede sagen til en klageinstans',
  'retention.plan': 'Planlagde sletning',
  'retention.approve': 'Godkendte sletning',
  'retention.delete': 'Slettede arbejdskopier',
  'retention.hold': 'Satte en sletning på pause',
  'retention.lift': 'Ophævede en pause i sletning',
  login: 'Loggede ind',
  'archive.list-deliveries': 'Så listen over leverancer',
  'archive.find-citizen': 'Søgte en borger i listen over leverancer',
  'archive.statistics': 'Så statistikken',
  'archive.show-delivery': 'Så en leverance',
  'log-extract.prepare': 'Gjorde et udtræk af loggen klar',
  'log-extract.given': 'Gav et udtræk af loggen',
  'log-extract.refused': 'Afslog et udtræk af loggen',
  'audit.export': 'Gemte loggens rod uden for maskinen',
  'certificate.key': 'Lavede en nøgle til beviser',
  'certificate.open': 'Viste en fjernet oplysning med bevis',
  'audit.open': 'Begrundede opslag i loggen',
  'audit.read': 'Læste i loggen',
  'audit.check': 'Kontrollerede loggens segl',
};

export function actionInWords(action: string): string {
  return ACTIONS[action] ?? action;
}

/** What the filter offers. */
export const ACTION_CHOICES = Object.entries(ACTIONS)
  .map(([value, label]) => ({ value, label }))
  .sort((a, b) => a.label.localeCompare(b.label, 'da'));

const SUBJECTS: Record<string, string> = {
  appeal_file: 'sag til en klageinstans',
  audit_log: 'loggen',
  complaint: 'klage',
  decision: 'afgørelse',
  delivery: 'leverance',
  document: 'dokument',
  file: 'fil',
  journal_entry: 'journalpost',
  incident: 'hændelse',
  incident_letter: 'brev om hændelse',
  late_notice: 'fristbrev',
  mandate: 'fuldmagt',
  receipt: 'kvittering',
  package: 'svar',
  package_file: 'fil i svaret',
  person: 'borger',
  person_ref: 'borger',
  redactions: 'fjernede steder',
  request: 'anmodning',
  source_run: 'søgning',
  sample_audit: 'stikprøve',
  staff: 'medarbejder',
  statistics: 'statistik',
};

/** The thing, with the beginning of its id so that two can be told apart. */
export function subjectInWords({ subjectKind, subjectId }: AuditEntry): string {
  const kind = SUBJECTS[subjectKind] ?? subjectKind;
  return subjectId ? `${kind} ${subjectId.slice(0, 8)}` : kind;
}

const DETAILS: Record<string, string> = {
  about: 'om',
  action: 'handling',
  by: 'ud fra',
  checks: 'prøver',
  count: 'antal',
  dueOn: 'frist',
  extent: 'omfang',
  forwardedOn: 'sendt',
  from: 'fra',
  hours: 'timer',
  incident: 'hændelse',
  isWhole: 'ubrudt',
  keyId: 'nøgle',
  manifestSha256: 'manifest',
  memoSha256: 'meddelelse',
  messageUuid: 'message-UUID',
  outcome: 'udfald',
  page: 'side',
  pages: 'sider',
  part: 'besked',
  parts: 'af',
  point: 'punkt',
  population: 'blandt',
  receiptId: 'kvittering',
  receivedOn: 'modtaget',
  recipient: 'modtager',
  request: 'anmodning',
  round: 'runde',
  sealed: 'forseglede poster',
  sha256: 'aftryk',
  to: 'til',
  wrong: 'fejl',
};
/** Words of the tables, by the detail that they are the value of. */
const VALUES: Record<string, Record<string, string>> = {
  by: { document: 'dokument', hash: 'aftryk', person: 'person' },
  about: { whole: 'hele svaret', document: 'et dokument', passage: 'et sted i et dokument', delay: 'tiden' },
  outcome: {
    upheld: 'stadfæstet',
    changed: 'ændret',
    remitted: 'hjemvist',
    rejected: 'afvist',
    withdrawn: 'trukket tilbage',
  },
  recipient: {
    'appeal-body': 'klageinstans',
    ombudsman: 'Folketingets Ombudsmand',
    'data-protection': 'Datatilsynet',
    court: 'domstol',
  },
};
const HASH = /^[0-9a-f]{64}$/;

/** The beginning of a hash is enough to know it again; the whole stands with the file. */
function valueInWords(name: string, value: string | number | boolean | null): string {
  if (typeof value === 'boolean') return value ? 'ja' : 'nej';
  const words = VALUES[name]?.[String(value)];
  if (words !== undefined) return words;
  return typeof value === 'string' && HASH.test(value) ? `${value.slice(0, 12)}…` : String(value);
}

/** What an entry tells besides, in a few words. */
export function detailsInWords({ action, details }: AuditEntry): string {
  if (action === 'request.transition') return `${stateInWords(details.from)} → ${stateInWords(details.to)}`;
  return Object.entries(details)
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => `${DETAILS[name] ?? name} ${valueInWords(name, value)}`)
    .join(', ');
}

function stateInWords(state: unknown): string {
  return LIFECYCLE[state as RequestState]?.staff ?? String(state);
}
