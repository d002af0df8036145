import { Injectable } from '@nestjs/common';
import {
  appealRoute,
  basisText,
  complaintText,
  danishDay,
  extraAccessText,
  groundById,
  interruptedComplaintPeriodText,
  longCitation,
  longDate,
  outcomeText,
  provisionMeaning,
  restOfDocumentText,
  shortLabel,
  type LegalBasis,
  type LegalGround,
} from '../law';
import type { DecisionLetterData, DocumentCounts, LetterComplaint, LetterGround } from '../pdf';
import type { DecidedDocument, DecisionContent } from './decision-content';
import { foreseenEnclosures } from './enclosures';
import { recordingSentence } from './given-recordings';
import { searchAccount } from './search-account';

const KINDS: Record<DecisionContent['outcome'], DecisionLetterData['decision']['kind']> = {
  full: 'FULD',
  partial: 'DELVIS',
  refusal: 'AFSLAG',
  'nothing-found': 'INTET_FUNDET',
};

/** The certificate is made when the answer is approved; the letter that it certifies tells of it. */
const CERTIFICATE_NOTE =
  'Med svaret følger et bevis. Det viser, at filerne er dem, vi har godkendt, og at ingen har ændret dem siden.';
const PARTIAL_ANSWER =
  'Svaret er ikke fuldstændigt. Vi har valgt at svare nu, selv om noget ikke er søgt færdigt. Under »Her har vi søgt« står, hvad der mangler, og hvorfor. Du kan altid bede os søge igen.';

/** Writes the decision from what was decided. It is the letter's reason that the citizen sees, never the detector's. */
@Injectable()
export class LetterWriter {
  /** @param enclosures what goes with the letter, as it was made; foreseen while nothing is */
  write(content: DecisionContent, enclosures = foreseenEnclosures(content)): DecisionLetterData {
    const { authority, request, decision } = content;
    const { settings } = authority;
    const isFull = content.outcome === 'full';
    return {
      sender: {
        municipality: authority.name,
        unit: settings.unit,
        addressLines: settings.address.split('\n'),
        phone: settings.contactPhone,
        email: settings.contactEmail,
      },
      addressee: { name: content.requesterName, lines: [] },
      caseNumber: request.number,
      date: danishDay(decision.reviewedAt),
      request: { received: request.receivedOn, wording: content.wording ?? '', understoodAs: understoodAs(content) },
      decision: {
        kind: KINDS[content.outcome],
        text: [
          outcomeText(given(countsOf(content.documents))),
          ...(content.isPartialAnswer ? [PARTIAL_ANSWER] : []),
        ].join('\n\n'),
        counts: countsOf(content.documents),
      },
      bases: isFull ? [] : basesOf(content).map((basis) => basisText(basis, casesOf(content, basis))),
      grounds: groundsOf(content),
      markExample: markOf(content),
      sources: content.sources,
      account: searchAccount(content.balance),
      deliveryNotes: [
        ...content.recordings.map((each) => recordingSentence(each, settings.contactPhone)),
        CERTIFICATE_NOTE,
      ],
      complaints: isFull ? [] : basesOf(content).map((basis) => complaintOf(content, basis)),
      rights: [
        ...(isFull ? [] : [interruptedComplaintPeriodText()]),
        'Er der noget i dokumenterne, som du mener er forkert, kan du bede os om at rette det eller om at lægge dine bemærkninger på sagen.',
      ],
      enclosures,
      caseworker: { name: content.caseworker.name, title: 'Sagsbehandler' },
    };
  }
}

export function countsOf(documents: DecidedDocument[]): DocumentCounts {
  const count = (outcome: DecidedDocument['outcome']) => documents.filter((each) => each.outcome === outcome).length;
  return {
    full: count('full'),
    partial: count('partial'),
    withheld: count('withheld'),
    outside: count('outside'),
    duplicates: count('duplicate'),
  };
}

function given({ full, partial, withheld }: DocumentCounts) {
  return { full, partial, withheld };
}

function understoodAs({ request }: DecisionContent): string {
  const { kind, from, to } = request.scope;
  if (kind === 'period')
    return `Vi har forstået din anmodning sådan, at du vil se alle dokumenter om dig fra ${from ? longDate(from) : 'begyndelsen'} til ${to ? longDate(to) : 'i dag'}.`;
  if (kind === 'cases')
    return 'Vi har forstået din anmodning sådan, at du vil se dokumenterne i de sager, du har valgt.';
  if (kind === 'topic')
    return 'Vi har forstået din anmodning sådan, at du vil se alle dokumenter om det emne, du har beskrevet.';
  return 'Vi har forstået din anmodning sådan, at du vil se alle de dokumenter, kommunen har om dig.';
}

/** Bases of the documents that the citizen was given or refused, each once. */
function basesOf({ documents }: DecisionContent): LegalBasis[] {
  return [
    ...new Set(documents.filter((each) => each.outcome !== 'outside').map((each) => each.recordsCase.basis)),
  ].sort();
}

function casesOf({ documents }: DecisionContent, basis: LegalBasis): string {
  const labels = [
    ...new Set(
      documents
        .filter((each) => each.recordsCase.basis === basis && each.outcome !== 'outside')
        .map((each) => each.recordsCase.label),
    ),
  ];
  return labels.length === 1 ? labels[0] : `${labels.slice(0, -1).join(', ')} og ${labels.at(-1)}`;
}

function groundsOf(content: DecisionContent): LetterGround[] {
  const used = [...new Set(content.documents.flatMap((each) => each.grounds))].sort();
  return used.flatMap((id) => {
    const ground = groundById(id);
    return ground ? [letterGround(content, ground)] : [];
  });
}

function letterGround(content: DecisionContent, ground: LegalGround): LetterGround {
  const documents = content.documents.filter((each) => each.grounds.includes(ground.id));
  const basis = documents[0].recordsCase.basis;
  const consideration = (
    content.considerations[ground.id] ??
    documents.find((each) => each.withheldReason)?.withheldReason ??
    ''
  ).replace(/\.$/, '');
  const information = informationOf(content, ground);
  const isPartial = documents.some((each) => each.outcome === 'partial');
  return {
    citation: longCitation(ground),
    provisionText: provisionMeaning(ground),
    information: `Oplysninger om ${information}.`,
    consideration: `At ${uncapital(consideration)}.`,
    documents: `Det gælder dokument ${documents.map((each) => each.row.position).join(', ')}.`,
    restOfDocument: isPartial ? restOfDocumentText(basis) : undefined,
    extraAccess:
      ground.extraAccess === 'none'
        ? undefined
        : (content.considerations.meroffentlighed ?? extraAccessText(basis, { barredBySecrecy: true })),
  };
}

const KINDS_OF_INFORMATION: [RegExp, string][] = [
  [/^(NAME|INITIALS|USERNAME)$/, 'navne'],
  [/^(CPR|CPR_PARTIAL|DOB)$/, 'personnumre og fødselsdatoer'],
  [/^(PHONE|EMAIL|ADDRESS|PLACE)$/, 'kontaktoplysninger'],
  [/^(BANK_ACCOUNT|FINANCE)$/, 'økonomi'],
  [/^(HEALTH)$/, 'helbred'],
  [/^(RELATION|CRIMINAL|ETHNICITY|RELIGION|DRAWN|OTHER_ID|CASE_NO|PLATE|ORG|CVR)$/, 'private forhold'],
];

/** The kinds of information, never the information. */
function informationOf({ redactions }: DecisionContent, ground: LegalGround): string {
  const types = redactions.filter((each) => each.groundId === ground.id).map((each) => each.type);
  const kinds = KINDS_OF_INFORMATION.filter(([pattern]) => types.some((type) => pattern.test(type))).map(
    ([, words]) => words,
  );
  if (kinds.length === 0) return 'andre personers forhold';
  const listed = kinds.length === 1 ? kinds[0] : `${kinds.slice(0, -1).join(', ')} og ${kinds.at(-1)}`;
  return `andre personer (${listed})`;
}

function markOf({ redactions }: DecisionContent): string | undefined {
  const ground = redactions[0]?.groundId
    ? groundById(redactions.map((each) => each.groundId as string).sort()[0])
    : null;
  return ground ? shortLabel(ground) : undefined;
}

function complaintOf(content: DecisionContent, basis: LegalBasis): LetterComplaint {
  const part = `den del af afgørelsen, der vedrører ${casesOf(content, basis)}`;
  const kle = content.documents.find((each) => each.recordsCase.basis === basis)?.recordsCase.kle ?? null;
  const route = appealRoute(basis, kle);
  const { settings, name } = content.authority;
  const text = route
    ? complaintText(basis, route, part, `${name}, ${settings.contactEmail}`)
    : `Du kan klage over ${part}. Kontakt os på telefon ${settings.contactPhone}, så oplyser vi, hvor klagen skal sendes hen. Kommer klagen til os, sender vi den straks videre til den rette klageinstans.`;
  return { part: capital(part), text };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The caseworker's words stand after "At"; a sentence that begins with it already is not made to stutter. */
function uncapital(text: string): string {
  const words = text.replace(/^at\s+/i, '');
  return words.charAt(0).toLowerCase() + words.slice(1);
}
