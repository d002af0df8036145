import type { ExtractLine } from '../../delivery/log-extract/log-extract-lines';
import { clock, danishDay, longDate } from '../../law';
import { count } from '../pages/amounts';
import type { LogExtractLine } from '../views/logudtraek';
import { actionInWords } from './audit-words';
import { isKnownReason, reasonInWords } from './reason-words';

const CAPACITIES: Record<ExtractLine['who'], string> = {
  citizen: 'Dig selv',
  program: 'Programmet',
  sagsbehandler: 'En sagsbehandler',
  godkender: 'En godkender',
  arkivar: 'En arkivmedarbejder',
  drift: 'En driftsmedarbejder',
  dpo: 'Databeskyttelsesrådgiveren',
};

/** What a person wrote may name somebody, and is not passed on. */
const OWN_WORDS = 'Begrundelse, som medarbejderen selv har skrevet';

export function lineInWords({ from, to, times, who, action, reason }: ExtractLine): LogExtractLine {
  return {
    when: times > 1 && from.getTime() !== to.getTime() ? `${momentOf(from)} – ${clock(to)}` : momentOf(from),
    who: CAPACITIES[who],
    what: times > 1 ? `${actionInWords(action)} (${count(times)} gange)` : actionInWords(action),
    why: isKnownReason(reason) ? reasonInWords(reason) : OWN_WORDS,
  };
}

function momentOf(at: Date): string {
  return `${longDate(danishDay(at))} kl. ${clock(at)}`;
}
