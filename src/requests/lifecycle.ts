/** The states of a request, in the order in which a request without trouble meets them. */
export const REQUEST_STATES = [
  'received',
  'gathering',
  'converting',
  'proposing',
  'review',
  'applying',
  'assembling',
  'stopped',
  'ready',
  'signed',
  'submitted',
  'delivered',
  'undeliverable',
  'withdrawn',
] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

export interface StateDescription {
  /** Where a request can go from here. */
  to: RequestState[];
  /** Status in words, as staff see it. */
  staff: string;
  /** Status in one sentence, as the citizen sees it. */
  citizen: string;
  /** What the timeline says when a request comes here; null where the citizen has nothing to learn. */
  event: string | null;
}

/** The whole life of a request as a table. A transition that is not here does not happen. */
export const LIFECYCLE: Record<RequestState, StateDescription> = {
  received: {
    to: ['gathering', 'withdrawn'],
    staff: 'Modtaget',
    citizen: 'Vi har modtaget din anmodning.',
    event: 'Vi har modtaget din anmodning.',
  },
  gathering: {
    to: ['converting', 'withdrawn'],
    staff: 'Dokumenter indsamles',
    citizen: 'Vi henter dine dokumenter i kommunens systemer.',
    event: 'Vi er begyndt at hente dine dokumenter i kommunens systemer.',
  },
  converting: {
    to: ['proposing', 'gathering', 'withdrawn'],
    staff: 'Dokumenter gøres læsbare',
    citizen: 'Vi har hentet dokumenterne og gør dem klar til gennemgang.',
    event: 'Vi har hentet dokumenterne fra alle de systemer, vi søgte i.',
  },
  proposing: {
    to: ['review', 'withdrawn'],
    staff: 'Forslag dannes',
    citizen: 'Vi har hentet dokumenterne og gør dem klar til gennemgang.',
    event: null,
  },
  review: {
    to: ['applying', 'gathering', 'converting', 'withdrawn'],
    staff: 'Klar til gennemgang',
    citizen: 'En sagsbehandler gennemgår dokumenterne.',
    event: 'Dokumenterne er klar. En sagsbehandler gennemgår dem nu.',
  },
  applying: {
    to: ['assembling', 'stopped', 'review'],
    staff: 'Oplysninger fjernes og kontrolleres',
    citizen: 'Sagsbehandleren har gennemgået dokumenterne. Svaret gøres klar.',
    event: 'Sagsbehandleren har gennemgået alle dokumenter.',
  },
  assembling: {
    to: ['ready', 'stopped', 'review'],
    staff: 'Svaret samles',
    citizen: 'Sagsbehandleren har gennemgået dokumenterne. Svaret gøres klar.',
    event: null,
  },
  stopped: {
    to: ['review', 'withdrawn'],
    staff: 'Stoppet af kontrollen',
    citizen: 'Sagsbehandleren har gennemgået dokumenterne. Svaret gøres klar.',
    event: null,
  },
  ready: {
    to: ['signed', 'review', 'withdrawn'],
    staff: 'Klar til godkendelse',
    citizen: 'Svaret er klar og skal godkendes.',
    event: 'Svaret er samlet og skal godkendes.',
  },
  signed: {
    to: ['submitted', 'undeliverable', 'ready', 'stopped'],
    staff: 'Godkendt, sendes',
    citizen: 'Svaret er godkendt og på vej til din Digital Post.',
    event: 'Svaret er godkendt.',
  },
  submitted: {
    to: ['delivered', 'undeliverable'],
    staff: 'Sendt, afventer kvittering',
    citizen: 'Svaret er sendt til din Digital Post.',
    event: 'Svaret er sendt til din Digital Post.',
  },
  delivered: {
    to: [],
    staff: 'Leveret',
    citizen: 'Du har fået svaret.',
    event: 'Svaret ligger i din Digital Post.',
  },
  undeliverable: {
    to: ['submitted', 'delivered', 'ready'],
    staff: 'Kunne ikke leveres digitalt',
    citizen: 'Svaret er klar, men kunne ikke leveres i Digital Post. Vi kontakter dig.',
    event: 'Svaret kunne ikke leveres i Digital Post. Vi kontakter dig om, hvordan du får det.',
  },
  withdrawn: {
    to: [],
    staff: 'Trukket tilbage',
    citizen: 'Du har trukket din anmodning tilbage.',
    event: 'Du har trukket din anmodning tilbage.',
  },
};

export function canMove(from: RequestState, to: RequestState): boolean {
  return LIFECYCLE[from].to.includes(to);
}

/** True when nothing more happens by itself. */
export function isEnded(state: RequestState): boolean {
  return LIFECYCLE[state].to.length === 0;
}
