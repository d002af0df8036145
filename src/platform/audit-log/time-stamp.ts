import { createHash, randomBytes, webcrypto } from 'node:crypto';
import { Integer, OctetString } from 'asn1js';
import {
  AlgorithmIdentifier,
  Certificate,
  CryptoEngine,
  type ExtKeyUsage,
  id_ExtKeyUsage,
  id_sha256,
  MessageImprint,
  SignedData,
  SignedDataVerifyError,
  TimeStampReq,
  TimeStampResp,
  TSTInfo,
} from 'pkijs';

const QUERY = 'application/timestamp-query';
/** The only use that a certificate of a time-stamp authority may have (RFC 3161, section 2.3). */
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';
/** Granted, and granted with changes (RFC 3161, section 2.4.2). */
const MOST_GRANTED = 1;
const LONGEST_NONCE_BYTES = 8;

const engine = new CryptoEngine({ name: 'node', crypto: webcrypto });

/**
 * Asks a time-stamp authority (RFC 3161) to attest when these bytes existed; it sees their SHA-256 only.
 * @returns the answer in DER, as `openssl ts -verify` takes it
 * @throws a sentence when the authority refuses, or answers about something else
 */
export async function requestTimeStamp(url: string, bytes: Buffer, signal: AbortSignal): Promise<Buffer> {
  const nonce = nonceOf(randomBytes(LONGEST_NONCE_BYTES));
  const hashedMessage = createHash('sha256').update(bytes).digest();
  const query = new TimeStampReq({
    version: 1,
    messageImprint: new MessageImprint({
      hashAlgorithm: new AlgorithmIdentifier({ algorithmId: id_sha256 }),
      hashedMessage: new OctetString({ valueHex: new Uint8Array(hashedMessage) }),
    }),
    nonce,
    certReq: true,
  });
  const body = Buffer.from(query.toSchema().toBER());
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': QUERY }, body, signal });
  if (!response.ok) throw new Error(`The time-stamp authority answered with status ${response.status}.`);
  const answer = Buffer.from(await response.arrayBuffer());
  const { info } = opened(answer);
  if (info.nonce?.isEqual(nonce) !== true)
    throw new Error('The time-stamp authority answered another question than the one that was asked.');
  await checkTimeStamp(answer, bytes);
  return answer;
}

export interface TimeStamp {
  /** When the bytes existed. */
  at: Date;
  /** False when no certificate of an authority was given to compare with. */
  isTrusted: boolean;
}

/**
 * Checks that a time stamp is about these bytes and is signed as it should be.
 * @param trusted certificates in PEM of the authorities that are trusted; without them anybody may have signed
 * @throws a sentence when it is not
 */
export async function checkTimeStamp(answer: Buffer, bytes: Buffer, trusted?: string): Promise<TimeStamp> {
  const { signed, info } = opened(answer);
  requireTimeStampingUse(signed);
  const trustedCerts = trusted === undefined ? [] : certificatesIn(trusted);
  try {
    const isSigned = await signed.verify(
      { signer: 0, data: arrayBuffer(bytes), trustedCerts, checkChain: trusted !== undefined },
      engine,
    );
    if (!isSigned) throw new Error('The signature on the time stamp does not fit.');
  } catch (error) {
    if (!(error instanceof SignedDataVerifyError)) throw error;
    throw new Error(
      `The time stamp is not about these bytes, or its signer is not trusted (${error.message || `code ${error.code}`}).`,
      { cause: error },
    );
  }
  return { at: info.genTime, isTrusted: trusted !== undefined };
}

function opened(answer: Buffer): { signed: SignedData; info: TSTInfo } {
  try {
    const { status, timeStampToken } = TimeStampResp.fromBER(arrayBuffer(answer));
    if (status.status > MOST_GRANTED || !timeStampToken)
      throw new Error(`The time-stamp authority refused (status ${status.status}).`);
    const signed = new SignedData({ schema: timeStampToken.content });
    const content = signed.encapContentInfo.eContent;
    if (!content) throw new Error('it is empty');
    return { signed, info: TSTInfo.fromBER(content.valueBlock.valueHexView) };
  } catch (error) {
    if ((error as Error).message.startsWith('The time-stamp')) throw error;
    throw new Error('What the time-stamp authority answered is no time stamp.', { cause: error });
  }
}

function requireTimeStampingUse({ certificates }: SignedData): void {
  const uses = (certificates ?? []).flatMap((each) =>
    each instanceof Certificate
      ? (each.extensions ?? [])
          .filter(({ extnID }) => extnID === id_ExtKeyUsage)
          .map(({ parsedValue }) => (parsedValue as ExtKeyUsage).keyPurposes)
      : [],
  );
  if (!uses.some((purposes) => purposes.length === 1 && purposes[0] === TIME_STAMPING))
    throw new Error('The time stamp is signed with a certificate that is not meant for time stamps.');
}

function certificatesIn(pem: string): Certificate[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return blocks.map((block) =>
    Certificate.fromBER(arrayBuffer(Buffer.from(block.replace(/-----[^-]+-----/g, ''), 'base64'))),
  );
}

/** A positive number in the shortest form that DER allows. */
function nonceOf(random: Buffer): Integer {
  random[0] = 0x40 | (random[0] & 0x3f);
  return new Integer({ valueHex: arrayBuffer(random) });
}

function arrayBuffer(bytes: Uint8Array): ArrayBuffer {
  const copy = new ArrayBuffer(bytes.length);
  new Uint8Array(copy).set(bytes);
  return copy;
}
