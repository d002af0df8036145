import type { AccessRequest } from '../../requests/request.entity';
import { counted } from '../pages/amounts';
import { clockTime } from '../pages/dates';
import type { NextStep } from '../views/sag';
import { nextToDecide, reviewAddress, stateOf, type DocumentInHand } from './documents-in-hand';

const GATHERING = 'Dokumenterne hentes, gøres læsbare og læses igennem. Du kan gå i gang, når det er sket.';

/** What one must know beside the request and its documents. */
export interface StandsBy {
  /** Until when an approved answer can be called back. */
  undoUntil?: Date;
  /** A check stopped it just before it was sent: it can be approved anew, also for another recipient. */
  isHeld?: boolean;
  /** Names of the sources that wait for somebody who searches by hand. */
  searchedByHand?: string[];
}

/** The one thing to do now. */
export function nextStep(request: AccessRequest, documents: DocumentInHand[], more: StandsBy = {}): NextStep {
  const { undoUntil, isHeld = false, searchedByHand = [] } = more;
  const here = `/sagsbehandling/${request.id}`;
  switch (request.state) {
    case 'gathering':
      if (request.attention) return sourceStep(request.attention);
      return searchedByHand.length > 0 ? sourceStep(byHand(searchedByHand)) : waiting(GATHERING);
    case 'received':
    case 'converting':
    case 'proposing':
      return waiting(GATHERING);
    case 'review':
      return reviewStep(request, documents);
    case 'applying':
    case 'assembling':
      return waiting('Det, der skal væk, bliver fjernet og kontrolleret, og svaret bliver samlet.');
    case 'stopped':
      return {
        label: 'Åbn gennemgangen igen',
        explanation: request.attention ?? 'Kontrollen fandt noget, der ikke må komme ud. Intet er sendt.',
        method: 'post',
        href: `${here}/genaabn`,
      };
    case 'ready':
      return {
        label: 'Se og godkend',
        explanation:
          request.attention ?? 'Svaret er samlet, og kontrollen fandt intet. Se det igennem, og skriv under.',
        method: 'get',
        href: `${here}/godkend`,
      };
    case 'signed':
    case 'submitted':
      if (undoUntil)
        return {
          label: 'Se det godkendte, eller fortryd',
          explanation: `Svaret er godkendt og bliver sendt kl. ${clockTime(undoUntil)}. Indtil da kan afsendelsen fortrydes.`,
          method: 'get',
          href: `${here}/godkend`,
        };
      return waiting(
        request.attention ?? 'Svaret er godkendt og er på vej til borgerens Digital Post. Der er ikke mere at gøre nu.',
      );
    case 'undeliverable':
      if (isHeld) return heldStep(here, request.attention);
      return {
        label: 'Hent filerne til et brev',
        explanation:
          request.attention ??
          'Svaret kunne ikke leveres i Digital Post. Ring til borgeren, og aftal, hvordan svaret kan udleveres, for eksempel som brev eller ved fremmøde.',
        method: 'get',
        href: `${here}/godkend`,
      };
    case 'delivered':
      return { label: 'Se det sendte', explanation: 'Svaret er leveret.', method: 'get', href: `${here}/godkend` };
    case 'withdrawn':
      return waiting('Borgeren har trukket anmodningen tilbage. Der er ikke mere at gøre.');
  }
}

function reviewStep(request: AccessRequest, documents: DocumentInHand[]): NextStep {
  const next = nextToDecide(documents);
  const left = documents.reduce((sum, document) => sum + document.undecided, 0);
  const unreadable = documents.filter((document) => stateOf(document) === 'failed').length;
  if (!next)
    return {
      label: 'Skriv afgørelsen',
      explanation: 'Alle forslag er afklaret. Skriv, hvad der er lagt vægt på, og dan pakken.',
      method: 'get',
      href: `/sagsbehandling/${request.id}/afgoerelse`,
    };
  return {
    label: 'Gennemgå',
    explanation: [
      'Dokumenterne er klar.',
      `${counted(left, 'forslag er uafklaret', 'forslag er uafklarede')}.`,
      ...(unreadable > 0
        ? [
            `${counted(unreadable, 'dokument', 'dokumenter')} kan ikke åbnes. Skaf en fil, der kan, eller tag stilling til hele dokumentet.`,
          ]
        : []),
      'Intet bliver fjernet, før en medarbejder har afgjort det.',
    ].join(' '),
    method: 'get',
    href: reviewAddress(request.id, next.documentId, next.side),
  };
}

function heldStep(here: string, attention: string | null): NextStep {
  const then =
    'Når det er afklaret, kan svaret godkendes igen, også til en anden modtager. Det, du har afgjort, bliver stående.';
  return {
    label: 'Godkend igen, eller vælg en anden modtager',
    explanation: attention ? `${attention} ${then}` : then,
    method: 'post',
    href: `${here}/tilbage-til-godkendelse`,
  };
}

function byHand(names: string[]): string {
  return `Søg i hånden i ${names.join(' og ')}: læg det, du finder, ind under »Kilder«, og afslut med en redegørelse.`;
}

/** A source has given up: nothing goes on before a person has acted. */
function sourceStep(explanation: string): NextStep {
  return { label: 'Gå til kilderne', explanation, method: 'get', href: '#kilder' };
}

function waiting(explanation: string): NextStep {
  return { label: 'Vent', explanation, method: 'get' };
}
