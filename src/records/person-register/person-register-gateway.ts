import type { NumberReason, PersonRegister, PersonStatus, PersonStatusPort, RegisteredPerson } from '../../contracts';
import { contractError } from '../http/source-errors';
import { SourceHttp } from '../http/source-http';
import { optionalDay, optionalFlag, requiredText, wireOf, wiresOf, type Wire } from '../http/wire';
import type { PersonRegisterSettings } from './person-register-settings';
import { statusOnWire } from './status-on-wire';

const ASKED = 'the citizen in CPR';
const REASONS: Record<string, NumberReason> = {
  gaeldende: 'present',
  rettet: 'corrected',
  adoption: 'adoption',
  juridisk_koensskifte: 'legal_gender',
  erstatningsnummer: 'replacement',
};

const NOBODY: PersonStatus = {
  state: 'unknown',
  isPresentNumber: false,
  isAddressProtected: false,
  custodyHolders: [],
  guardians: [],
};

/** Asks CPR through the municipality's gateway. The number goes in the body: an address ends in logs. */
export class PersonRegisterGateway implements PersonRegister, PersonStatusPort {
  private readonly http: SourceHttp;

  constructor(private readonly settings: PersonRegisterSettings) {
    const token = settings.gatewayToken;
    const credentials = token ? { token: async () => token, renew: async () => token } : undefined;
    this.http = new SourceHttp(settings.url, settings, credentials);
  }

  async lookUp(cpr: string, signal: AbortSignal): Promise<RegisteredPerson | null> {
    const answer = await this.ask(cpr, signal);
    return answer && personOf(answer);
  }

  async statusOf(cpr: string, signal: AbortSignal): Promise<PersonStatus> {
    const answer = await this.ask(cpr, signal);
    if (!answer) return NOBODY;
    const present = personOf(answer).numbers.find(({ reason }) => reason === 'present');
    return { ...statusOnWire(answer, ASKED), isPresentNumber: present?.cpr === digits(cpr) };
  }

  close(): Promise<void> {
    return this.http.close();
  }

  /** Null: the register says that nobody has the number. */
  private async ask(cpr: string, signal: AbortSignal): Promise<Wire | null> {
    const body = JSON.stringify({ personnummer: digits(cpr) });
    const headers = { 'content-type': 'application/json' };
    const path = new URL(this.settings.url).pathname;
    const answer = wireOf(await this.http.json({ method: 'POST', path, asked: ASKED, headers, body }, signal), ASKED);
    const isFound = optionalFlag(answer, 'fundet', ASKED);
    if (isFound === undefined) throw contractError(ASKED, 'did not say whether the person exists');
    return isFound ? answer : null;
  }
}

function personOf(answer: Wire): RegisteredPerson {
  const birthDate = optionalDay(answer, 'foedselsdato', ASKED);
  if (birthDate === undefined) throw contractError(ASKED, 'left out "foedselsdato"');
  const numbers = wiresOf(answer, ASKED, 'personnumre').map(numberOf);
  if (numbers.filter(({ reason }) => reason === 'present').length !== 1)
    throw contractError(ASKED, 'did not say which number is the present one');
  return { name: requiredText(answer, 'navn', ASKED), birthDate, numbers };
}

function numberOf(item: Wire): RegisteredPerson['numbers'][number] {
  const cpr = requiredText(item, 'personnummer', ASKED);
  const reason = REASONS[requiredText(item, 'aarsag', ASKED)];
  if (!/^\d{10}$/.test(cpr)) throw contractError(ASKED, 'gave a number that is not ten digits');
  // An unknown reason may be one that only a jurist may let in.
  if (!reason) throw contractError(ASKED, 'gave a reason for a former number that is not known');
  return { cpr, reason };
}

function digits(cpr: string): string {
  return cpr.replace(/\D/g, '');
}
