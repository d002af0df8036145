import { SourceError, type Connector, type RecordsCase } from '../contracts';
import { isShownTo, shownCase, type Protection, type ShownCase } from './shown-case';

export interface LookedUpCase extends ShownCase {
  sourceId: string;
  sourceCaseId: string;
}

export interface CaseLookUp {
  cases: LookedUpCase[];
  /** Sources that gave no definite answer, with a sentence for the citizen. Nothing of theirs is shown. */
  unavailable: { source: string; why: string }[];
}

const TOO_SLOW =
  'Systemet svarede ikke i tide. Prøv igen om lidt. Du kan godt bede om aktindsigt imens; så søger vi igen.';
const NO_ANSWER =
  'Systemet kan ikke give svar lige nu. Prøv igen senere. Du kan godt bede om aktindsigt imens; så søger vi igen.';

/**
 * Asks every source at once for the citizen's own cases. Each has `limitMs`; one that fails is named, the others are
 * shown. A source that listed half of its cases has listed none.
 */
export async function lookUpCases(
  connectors: Connector[],
  cpr: string,
  protection: Protection,
  limitMs: number,
): Promise<CaseLookUp> {
  const answers = await Promise.all(connectors.map((connector) => ask(connector, cpr, limitMs)));
  return {
    cases: answers
      .flatMap(({ sourceId, found }) =>
        found
          .filter((each) => isShownTo(cpr, each, protection))
          .map((each) => ({ ...shownCase(each), sourceId, sourceCaseId: each.sourceCaseId })),
      )
      .sort(byAreaAndAge),
    unavailable: answers.flatMap(({ source, why }) => (why ? [{ source, why }] : [])),
  };
}

interface Answer {
  sourceId: string;
  source: string;
  found: RecordsCase[];
  why?: string;
}

async function ask(connector: Connector, cpr: string, limitMs: number): Promise<Answer> {
  const { id: sourceId, name: source } = connector.source;
  const signal = AbortSignal.timeout(limitMs);
  try {
    return { sourceId, source, found: await Promise.race([collect(connector, cpr, signal), giveUp(signal)]) };
  } catch (error) {
    const isSlow = signal.aborted || (error instanceof SourceError && error.errorClass === 'timeout');
    return { sourceId, source, found: [], why: isSlow ? TOO_SLOW : NO_ANSWER };
  }
}

async function collect(connector: Connector, cpr: string, signal: AbortSignal): Promise<RecordsCase[]> {
  const found: RecordsCase[] = [];
  for await (const each of connector.discover({ cprs: [cpr] }, { runId: 'overview', signal })) found.push(each);
  return found;
}

/** A connector that does not heed the signal must not keep the page. */
function giveUp(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
}

function byAreaAndAge(a: LookedUpCase, b: LookedUpCase): number {
  return (
    a.area.localeCompare(b.area, 'da') ||
    Number(b.isOpen ?? false) - Number(a.isOpen ?? false) ||
    (b.openedOn ?? '').localeCompare(a.openedOn ?? '')
  );
}
