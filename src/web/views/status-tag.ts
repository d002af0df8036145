/** How much a state asks of the reader; each tone has its own shape, so that colour is never alone. */
export type Tone = 'neutral' | 'active' | 'done' | 'attention' | 'problem';

export interface StatusTag {
  word: string;
  tone: Tone;
}

export type RequestState =
  | 'received'
  | 'gathering'
  | 'in_review'
  | 'deciding'
  | 'awaiting_approval'
  | 'sending'
  | 'delivered'
  | 'withdrawn'
  | 'stopped';

export type DocumentState =
  'waiting' | 'converting' | 'undecided' | 'decided' | 'withheld' | 'outside' | 'duplicate' | 'failed';

export type DocumentOutcome = 'full' | 'partial' | 'withheld' | 'outside' | 'forwarded' | 'duplicate';

export type DeliveryState =
  | 'queued'
  | 'sending'
  | 'unknown'
  | 'accepted'
  | 'delivered'
  | 'refused'
  | 'letter'
  | 'handed_over'
  | 'held'
  | 'undone';

export type SourceState =
  'waiting' | 'searching' | 'answered' | 'nothing_found' | 'failed' | 'attested' | 'by_hand' | 'left_out';

const requestWords: Record<RequestState, StatusTag> = {
  received: { word: 'Modtaget', tone: 'active' },
  gathering: { word: 'Vi henter dokumenter', tone: 'active' },
  in_review: { word: 'Under gennemgang', tone: 'active' },
  deciding: { word: 'Afgørelsen skrives', tone: 'active' },
  awaiting_approval: { word: 'Venter på godkendelse', tone: 'attention' },
  sending: { word: 'Sendes nu', tone: 'active' },
  delivered: { word: 'Afgjort og sendt', tone: 'done' },
  withdrawn: { word: 'Trukket tilbage', tone: 'neutral' },
  stopped: { word: 'Standset', tone: 'problem' },
};

const documentWords: Record<DocumentState, StatusTag> = {
  waiting: { word: 'Venter', tone: 'neutral' },
  converting: { word: 'Gøres klar', tone: 'active' },
  undecided: { word: 'Uafklaret', tone: 'attention' },
  decided: { word: 'Afklaret', tone: 'done' },
  withheld: { word: 'Udeladt', tone: 'done' },
  outside: { word: 'Uden for anmodningen', tone: 'neutral' },
  duplicate: { word: 'Dublet', tone: 'neutral' },
  failed: { word: 'Kan ikke åbnes', tone: 'problem' },
};

const outcomeWords: Record<DocumentOutcome, StatusTag> = {
  full: { word: 'Du får det hele', tone: 'done' },
  partial: { word: 'Du får en del', tone: 'active' },
  withheld: { word: 'Du får det ikke', tone: 'problem' },
  outside: { word: 'Ikke omfattet', tone: 'neutral' },
  forwarded: { word: 'Sendt videre', tone: 'neutral' },
  duplicate: { word: 'Dublet', tone: 'neutral' },
};

const deliveryWords: Record<DeliveryState, StatusTag> = {
  queued: { word: 'Venter på at blive sendt', tone: 'neutral' },
  sending: { word: 'Sendes nu', tone: 'active' },
  unknown: { word: 'Afventer svar fra Digital Post', tone: 'attention' },
  accepted: { word: 'Modtaget af Digital Post', tone: 'active' },
  delivered: { word: 'Kvittering modtaget', tone: 'done' },
  refused: { word: 'Afvist af Digital Post', tone: 'problem' },
  letter: { word: 'Sendes som brev', tone: 'attention' },
  held: { word: 'Standset før afsendelse', tone: 'problem' },
  undone: { word: 'Fortrudt', tone: 'neutral' },
  handed_over: { word: 'Udleveret på anden måde', tone: 'done' },
};

const sourceWords: Record<SourceState, StatusTag> = {
  waiting: { word: 'Venter', tone: 'neutral' },
  searching: { word: 'Søger', tone: 'active' },
  answered: { word: 'Søgt', tone: 'done' },
  nothing_found: { word: 'Søgt – intet fundet', tone: 'done' },
  failed: { word: 'Svarer ikke', tone: 'problem' },
  attested: { word: 'Søgt i hånden', tone: 'done' },
  by_hand: { word: 'Søges i hånden', tone: 'attention' },
  left_out: { word: 'Svares uden', tone: 'attention' },
};

export const requestStatus = (state: RequestState): StatusTag => requestWords[state];
export const documentStatus = (state: DocumentState): StatusTag => documentWords[state];
export const outcomeStatus = (outcome: DocumentOutcome): StatusTag => outcomeWords[outcome];
export const deliveryStatus = (state: DeliveryState): StatusTag => deliveryWords[state];
export const sourceStatus = (state: SourceState): StatusTag => sourceWords[state];
