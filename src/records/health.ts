import { SourceError, type Connector } from '../contracts';

/** Well when `ask` is answered; a refusal is the reason why not. */
export async function healthBy(ask: () => Promise<unknown>): ReturnType<Connector['health']> {
  const begun = performance.now();
  const latency = (): number => Math.round(performance.now() - begun);
  try {
    await ask();
    return { ok: true, latencyMs: latency() };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return { ok: false, latencyMs: latency(), detail: error.message };
  }
}
