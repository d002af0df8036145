import { setTimeout as pause } from 'node:timers/promises';
import { type Browser } from './browser';

const POLL_MS = 300;

export interface Followed {
  /** What the page of the request says, while one waits. */
  onProgress(sentence: string): void;
}

/** A citizen asks for her whole file on the pages. Returns the address of the request. */
export async function askForFile(citizen: Browser, wording: string): Promise<string> {
  await citizen.open('/anmodning/ny');
  const noegle = citizen.field('noegle');
  await citizen.send('/anmodning/ny', { trin: 'omfang', noegle, omfang: 'hele' });
  await citizen.send('/anmodning/ny', {
    trin: 'levering',
    noegle,
    omfang: 'hele',
    paa_vegne_af: 'mig',
    leveringsform: 'digital-post',
    ordlyd: wording,
  });
  await citizen.send('/anmodning/ny', {
    trin: 'forstaaelse',
    noegle,
    omfang: 'hele',
    paa_vegne_af: 'mig',
    leveringsform: 'digital-post',
    ordlyd: wording,
  });
  await citizen.open('/mine-sager');
  const [request] = citizen.links(/^\/anmodninger\/[0-9a-f-]{36}$/);
  if (!request) throw new Error(`The request was not taken in. The page says: ${citizen.text().slice(0, 500)}`);
  return request;
}

/** Waits until the page of a request shows one of the words; fails when it shows that it was stopped. */
export async function waitFor(
  browser: Browser,
  path: string,
  words: RegExp,
  limitMs: number,
  follow?: Followed,
): Promise<void> {
  const until = Date.now() + limitMs;
  for (;;) {
    await browser.open(path);
    const text = browser.text();
    if (words.test(text)) return;
    if (/Stoppet af kontrollen|Standset/.test(text))
      throw new Error(`The request was stopped. The page says: ${text.slice(0, 1500)}`);
    if (Date.now() > until)
      throw new Error(`The page ${path} did not come to ${String(words)} in time. It says: ${text.slice(0, 1500)}`);
    follow?.onProgress(text.slice(0, 60));
    await pause(POLL_MS);
  }
}
