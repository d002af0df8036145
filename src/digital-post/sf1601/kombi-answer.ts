import type { SendOutcome } from '../../contracts';
import type { Answer } from '../transport/tls-connection';
import { withoutCpr } from '../without-cpr';
import { localName, readXml, textAnywhere, textAt, type XmlElement } from '../xml-path';

/** Worth another try with the same bytes: the platform says "later", not "no". */
const LATER = [408, 409, 425, 429];
/** How a receiver may say that it has the UUID already; the platform's own code is not documented. */
const DUPLICATE = /duplicate|already|exists|dublet|allerede/i;
const ADVICE = 'HovedoplysningerSvarREST/SvarReaktion/Advis';

/**
 * What the answer to KombiPostAfsend means. Accepted is only HTTP 200 with `Result` true and the advice RECEIVED; a paper
 * letter has no TransmissionID. Refused is only a definite no, which can come with HTTP 200 too. All else is `unknown`.
 */
export function kombiOutcome(answer: Answer): SendOutcome {
  const { status, body: raw } = answer;
  if (status >= 500 || LATER.includes(status) || (status < 400 && status !== 200)) return later(answer);
  const read = readXml(raw);
  const root = read && localName(read) === 'kombi_response' ? read : undefined;
  if (status !== 200) return refusal(root, status, raw);
  const result = textAt(root, 'Result')?.toLowerCase();
  if (result === 'false') return refusal(root, status, raw);
  const isReceived = textAt(root, `${ADVICE}/AdvisTekst`)?.toUpperCase() === 'RECEIVED';
  if (result === 'true' && isReceived)
    return { state: 'accepted', transmissionId: textAt(root, 'TransmissionID'), raw };
  return { state: 'unknown', message: 'The Serviceplatform answered with success, and not that it took the message.' };
}

function refusal(root: XmlElement | undefined, status: number, raw: string): SendOutcome {
  const code =
    textAnywhere(root, 'FejlKode') ??
    textAnywhere(root, 'FejlId') ??
    (status === 200 ? 'result.false' : `http.${status}`);
  const message = withoutCpr(textAnywhere(root, 'FejlTekst') ?? refusalSentence(status));
  if (DUPLICATE.test(code) || DUPLICATE.test(message)) {
    return {
      state: 'unknown',
      message:
        'The Serviceplatform says that it has a message of this UUID already. A receipt will tell what became of it.',
    };
  }
  return { state: 'refused', code, message, raw };
}

function refusalSentence(status: number): string {
  if (status === 200) return 'The Serviceplatform did not take the message (Result=false) and did not say why.';
  if (status === 401 || status === 403)
    return `The Serviceplatform does not allow this system to send (${status}). Check the service agreement.`;
  return `The Serviceplatform refused the message (${status}).`;
}

function later({ status, retryAfterMs }: Answer): SendOutcome {
  const message =
    status === 429
      ? 'The Serviceplatform takes no more messages just now (429). The same message is sent again later.'
      : `The Serviceplatform answered ${status}, which does not say whether the message came in. The same message is sent again.`;
  return { state: 'unknown', message, retryAfterMs };
}
