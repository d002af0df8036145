import type { RefusalKind } from '../views/afvisning';

/** What a refused person reads: what happened, and what to do. */
export interface RefusalWords {
  /** HTTP status that fits. */
  status: number;
  title: string;
  sentences: string[];
  /** Text of the main button. */
  action: string;
}

const words: Record<RefusalKind, RefusalWords> = {
  'assurance-too-low': {
    status: 403,
    title: 'Log ind med et højere sikringsniveau',
    sentences: [
      'Du loggede ind på et sikringsniveau, der er for lavt til at se personlige dokumenter.',
      'Log ind igen med MitID-appen, kodeviser eller chip. Niveauet skal være mindst »betydelig«.',
    ],
    action: 'Log ind igen',
  },
  'mitid-erhverv': {
    status: 403,
    title: 'Du er logget ind med MitID Erhverv',
    sentences: [
      'Her kan du se oplysninger om dig selv. Det kræver dit private MitID.',
      'Log ind igen, og vælg dit private MitID. Handler det om en virksomhed, så ring til os.',
    ],
    action: 'Log ind med privat MitID',
  },
  'for-another': {
    status: 403,
    title: 'Du kan endnu ikke bede om aktindsigt for en anden her',
    sentences: [
      'Du kan kun bede om aktindsigt i dine egne sager på denne side.',
      'Har du en fuldmagt, eller er du forælder eller værge, så ring eller skriv til os. Så hjælper vi dig.',
    ],
    action: 'Bed om aktindsigt for dig selv',
  },
  'no-cpr': {
    status: 403,
    title: 'Vi kunne ikke se, hvem du er',
    sentences: [
      'Dit login gav os ikke det nummer, som vi bruger til at finde dine sager.',
      'Prøv at logge ind igen. Hjælper det ikke, så ring til os.',
    ],
    action: 'Log ind igen',
  },
  'login-cancelled': {
    status: 400,
    title: 'Du afbrød login',
    sentences: ['Du er ikke logget ind.', 'Du kan begynde forfra, når du vil.'],
    action: 'Log ind med MitID',
  },
  'login-failed': {
    status: 400,
    title: 'Login lykkedes ikke',
    sentences: ['Vi kunne ikke kontrollere svaret fra MitID. Du er ikke logget ind.', 'Prøv igen.'],
    action: 'Log ind igen',
  },
  'login-unavailable': {
    status: 503,
    title: 'MitID svarer ikke lige nu',
    sentences: [
      'Vi kan ikke få forbindelse til MitID.',
      'Prøv igen om lidt. Din anmodning og dine frister er ikke berørt.',
    ],
    action: 'Prøv igen',
  },
  'session-expired': {
    status: 401,
    title: 'Du er blevet logget ud',
    sentences: ['Der er gået for lang tid, siden du sidst gjorde noget.', 'Log ind igen for at komme videre.'],
    action: 'Log ind igen',
  },
  'no-role': {
    status: 403,
    title: 'Du har ikke adgang til denne del',
    sentences: [
      'Din bruger har ikke den rolle, som siden kræver.',
      'Bed din leder eller den, der styrer brugere i kommunen, om at give dig rollen.',
    ],
    action: 'Gå til forsiden',
  },
  'for-staff': {
    status: 403,
    title: 'Siden er for kommunens medarbejdere',
    sentences: [
      'Du er logget ind som borger, og denne del af siden er til sagsbehandling.',
      'Dine egne sager og anmodninger finder du under »Mine sager«.',
    ],
    action: 'Gå til mine sager',
  },
  'for-citizens': {
    status: 403,
    title: 'Siden er for borgere',
    sentences: [
      'Du er logget ind som medarbejder, og denne del af siden viser borgerens egne oplysninger.',
      'Vil du se dine egne sager, så log ud, og log ind igen med dit private MitID.',
    ],
    action: 'Gå til forsiden',
  },
  'not-own-file': {
    status: 403,
    title: 'Du kan ikke behandle denne anmodning',
    sentences: [
      'Anmodningen handler om dig selv eller en, der står dig nær.',
      'En anden medarbejder skal behandle den, jf. forvaltningslovens § 3.',
    ],
    action: 'Gå til køen',
  },
  'form-expired': {
    status: 403,
    title: 'Siden var for gammel',
    sentences: [
      'Vi gemte ikke det, du sendte, fordi siden har stået åben for længe.',
      'Gå tilbage, opdater siden, og prøv igen.',
    ],
    action: 'Gå til forsiden',
  },
  'not-found': {
    status: 404,
    title: 'Siden findes ikke',
    sentences: ['Adressen kan være skrevet forkert, eller også har du ikke adgang til det, du leder efter.'],
    action: 'Gå til forsiden',
  },
  deleted: {
    status: 410,
    title: 'Vi har slettet vores kopi',
    sentences: [
      'Vi sletter vores kopier, når der er gået en tid efter svaret. Det, du fik, ligger stadig i din Digital Post.',
      'Har du brug for det igen, så ring til os, eller bed om aktindsigt på ny.',
    ],
    action: 'Gå til forsiden',
  },
  'already-done': {
    status: 409,
    title: 'Det er allerede gjort',
    sentences: ['Anmodningen er kommet videre, siden du åbnede siden.', 'Opdater siden for at se, hvor den er nu.'],
    action: 'Se anmodningen',
  },
  'bad-request': {
    status: 400,
    title: 'Vi kunne ikke forstå det, du sendte',
    sentences: ['Der manglede noget, eller noget stod forkert. Vi gemte ikke noget.', 'Gå tilbage, og prøv igen.'],
    action: 'Gå til forsiden',
  },
  'too-many': {
    status: 429,
    title: 'Det gik for stærkt',
    sentences: ['Vi har fået mange forespørgsler fra dig på kort tid.', 'Vent et minut, og prøv igen.'],
    action: 'Prøv igen',
  },
  fault: {
    status: 500,
    title: 'Der skete en fejl hos os',
    sentences: [
      'Det er ikke din skyld, og det, du allerede har sendt, er ikke gået tabt.',
      'Prøv igen om lidt. Bliver det ved, så ring til os, og oplys nummeret herunder.',
    ],
    action: 'Gå til forsiden',
  },
  unavailable: {
    status: 503,
    title: 'Siden er lukket et øjeblik',
    sentences: ['Vi arbejder på siden lige nu.', 'Prøv igen om lidt. Dine frister løber videre og er ikke berørt.'],
    action: 'Prøv igen',
  },
};

export function refusal(kind: RefusalKind): RefusalWords {
  return words[kind];
}
