import type { NumberReason, PersonRegister, RegisteredPerson } from '../../contracts';
import { contractError } from '../http/source-errors';
import { SourceHttp } from '../http/source-http';
import { optionalDay, optionalFlag, requiredText, wireOf, wiresOf, type Wire } from '../http/wire';
import type { PersonRegisterSettings } from './person-register-settings';

const ASKED = 'the citizen in CPR';
const REASONS: Record<string, NumberReason> = {
  gaeldende: 'present',
  rettet: 'corrected',
  adoption: 'adoption',
  juridisk_koensskifte: 'legal_gender',
  erstatningsnummer: 'replacement',
};

/** Asks CPR through the municipality's gateway. The number goes in the body: an address ends in logs. */
export class PersonRegisterGateway implements PersonRegister {
  private readonly http: SourceHttp;

  constructor(private readonly settings: PersonRegisterSettings) {
    const token = settings.gatewayToken;
    const credentials = token ? { token: async () => token, renew: async () => token } : undefined;
    this.http = new SourceHttp(settings.url, settings, credentials);
  }

  async lookUp(cpr: string, signal: AbortSignal): Promise<RegisteredPerson | null> {
    const body = JSON.stringify({ personnummer: cpr.replace(/\D/g, '') });
    const headers = { 'content-type': 'application/json' };
    const path = new URL(this.settings.url).pathname;
    const answer = wireOf(await this.http.json({ method: 'POST', path, asked: ASKED, headers, body }, signal), ASKED);
    const isFound = optionalFlag(answer, 'fundet', ASKED);
    if (isFound === undefined) throw contractError(ASKED, 'did not say whether the person exists');
    return isFound ? personOf(answer) : null;
  }

  close(): Promise<void> {
    return this.http.close();
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
