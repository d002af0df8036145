import { ExchangeError } from '../transport/exchange-error';
import type { Answer, TlsConnection } from '../transport/tls-connection';
import { readTokenLifetime } from './token-lifetime';

const RENEW_BEFORE_MS = 5 * 60_000;
const TRUST = 'http://docs.oasis-open.org/ws-sx/ws-trust/200512';
const SAML2 = 'http://docs.oasis-open.org/wss/oasis-wss-saml-token-profile-1.1#SAMLV2.0';

interface Token {
  value: string;
  /** Milliseconds since 1970, five minutes before it ends. */
  goodUntil: number;
}

export interface TokenChainSettings {
  cvr: string;
  tokenUrl: string;
  serviceUrl: string;
}

/**
 * The way to a call on the Serviceplatform: a SAML token for one service from the token service (WS-Trust as JSON, bound
 * to our certificate by `UseKey`), exchanged at AccessTokenService for a Holder-of-key token. Both are kept per service
 * until five minutes before their end; callers that come at once share one exchange. Throws `ExchangeError`.
 */
export class TokenChain {
  private readonly access = new Map<string, Promise<Token>>();
  private readonly saml = new Map<string, Promise<Token>>();

  constructor(
    private readonly connection: TlsConnection,
    private readonly settings: TokenChainSettings,
  ) {}

  /** The value of `Authorization` for calls to the service. */
  authorization(entityId: string): Promise<string> {
    return kept(this.access, entityId, () => this.exchangeToken(entityId));
  }

  /** The SAML token itself, for the message broker. */
  samlToken(entityId: string): Promise<string> {
    return kept(this.saml, entityId, () => this.issue(entityId));
  }

  /** The service did not take the token: the next call begins from the start. */
  forget(entityId: string): void {
    this.access.delete(entityId);
    this.saml.delete(entityId);
  }

  private async issue(entityId: string): Promise<Token> {
    const wish = {
      TokenType: SAML2,
      RequestType: `${TRUST}/Issue`,
      KeyType: `${TRUST}/PublicKey`,
      AnvenderKontekst: { Cvr: this.settings.cvr },
      UseKey: this.connection.certificate.base64,
      AppliesTo: { EndpointReference: { Address: entityId } },
      OnBehalfOf: null,
    };
    const url = new URL(this.settings.tokenUrl);
    const answer = await this.ask(url, JSON.stringify(wish), 'application/json');
    const { RequestedSecurityToken: issued, Lifetime: lifetime } = jsonOf(answer, 'The token service');
    const assertion = isRecord(issued) ? issued['Assertion'] : undefined;
    if (typeof assertion !== 'string' || assertion === '') throw unclear('The token service', 'gave no token');
    return { value: assertion, goodUntil: readTokenLifetime(lifetime) - RENEW_BEFORE_MS };
  }

  /** Always from a token that is valid now: an old one must not be exchanged again. */
  private async exchangeToken(entityId: string): Promise<Token> {
    const assertion = await this.samlToken(entityId);
    const url = new URL('/service/AccessTokenService_1/token', this.settings.serviceUrl);
    const form = new URLSearchParams({ 'saml-token': assertion }).toString();
    const asked = Date.now();
    const answer = await this.ask(url, form, 'application/x-www-form-urlencoded').catch((error: unknown) => {
      this.saml.delete(entityId);
      throw error;
    });
    const fields = jsonOf(answer, 'The access token service');
    const { access_token: token, token_type: type, expires_in: seconds } = fields;
    if (typeof token !== 'string' || typeof type !== 'string' || !Number.isFinite(Number(seconds)))
      throw unclear('The access token service', 'gave no token');
    return { value: `${type} ${token}`, goodUntil: asked + Number(seconds) * 1000 - RENEW_BEFORE_MS };
  }

  /** Not stopped by a caller: another may wait for the same token. The connection's own time limit ends it. */
  private ask(url: URL, text: string, contentType: string): Promise<Answer> {
    const headers = { Accept: 'application/json' };
    const body = Buffer.from(text, 'utf8');
    return this.connection.exchange({ method: 'POST', url, headers, body, contentType }, new AbortController().signal);
  }
}

async function kept(tokens: Map<string, Promise<Token>>, entityId: string, get: () => Promise<Token>): Promise<string> {
  const known = tokens.get(entityId);
  if (known) {
    const token = await known;
    if (token.goodUntil > Date.now()) return token.value;
    // Another caller may have begun a new one while this one waited.
    if (tokens.get(entityId) !== known) return kept(tokens, entityId, get);
  }
  const coming = get();
  tokens.set(entityId, coming);
  try {
    return (await coming).value;
  } catch (error) {
    if (tokens.get(entityId) === coming) tokens.delete(entityId);
    throw error;
  }
}

function jsonOf({ status, body, retryAfterMs }: Answer, who: string): Record<string, unknown> {
  if (status !== 200 && status !== 201) {
    const sentence = `${who} answered ${status}, so nothing was sent. Check the service agreement and the certificate.`;
    throw new ExchangeError('answer', sentence, status, retryAfterMs);
  }
  try {
    const value: unknown = JSON.parse(body);
    if (isRecord(value)) return value;
  } catch {
    // The same to the caller as another shape.
  }
  throw unclear(who, 'answered something that is not JSON');
}

function unclear(who: string, what: string): ExchangeError {
  return new ExchangeError('answer', `${who} ${what}. Nothing was sent; it is tried again.`, 200);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
