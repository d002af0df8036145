import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** The client certificate that a caller showed in the TLS handshake. */
export interface Caller {
  /** DER in base64. */
  certificate: string;
  /** SHA-256, as TLS writes it. */
  fingerprint: string;
}

interface Claims {
  kind: 'saml' | 'access';
  entityId: string;
  fingerprint: string;
  /** Milliseconds since 1970. */
  until: number;
}

const TRUST = 'http://docs.oasis-open.org/ws-sx/ws-trust/200512';
const SAML2 = 'http://docs.oasis-open.org/wss/oasis-wss-saml-token-profile-1.1#SAMLV2.0';
const SAML_HOURS = 8;

/** Services that a token can be for. */
export const ENTITIES = {
  send: 'http://entityid.kombit.dk/service/kombipostafsend/1',
  lookUp: 'http://entityid.kombit.dk/service/postforespoerg/1',
  receipts: 'http://entityid.kombit.dk/service/bfo_modtag/2',
} as const;

/** A refusal with its HTTP status. */
export class TokenRefusal extends Error {
  override readonly name = 'TokenRefusal';

  constructor(
    readonly status: 400 | 401 | 403,
    message: string,
  ) {
    super(message);
  }
}

/**
 * The token service and AccessTokenService: a token is bound to the certificate of the caller and good for one service.
 * Sealed with a key of this process, so tokens of a stand-in that was stopped are worth nothing to the next.
 */
export class TokenServices {
  private readonly key = randomBytes(32);
  /** How many tokens of each kind were given out. */
  readonly issued = { saml: 0, access: 0 };

  constructor(
    private readonly cvr: string,
    private readonly accessSeconds = 3600,
  ) {}

  /** WS-Trust as JSON. */
  issue(wish: unknown, caller: Caller): object {
    const given = (wish ?? {}) as Record<string, unknown>;
    const entityId = (given['AppliesTo'] as { EndpointReference?: { Address?: unknown } } | undefined)
      ?.EndpointReference?.Address;
    const checks: [isFault: boolean, sentence: string][] = [
      [given['TokenType'] !== SAML2, 'TokenType must be SAML 2.0.'],
      [given['RequestType'] !== `${TRUST}/Issue`, 'RequestType must be Issue.'],
      [given['KeyType'] !== `${TRUST}/PublicKey`, 'KeyType must be PublicKey.'],
      [given['UseKey'] !== caller.certificate, 'UseKey must be the certificate of the caller, on one line.'],
      [given['OnBehalfOf'] !== null, 'OnBehalfOf must be null.'],
      [!Object.values<unknown>(ENTITIES).includes(entityId), 'AppliesTo names no service.'],
    ];
    const fault = checks.find(([isFault]) => isFault);
    if (fault) throw new TokenRefusal(400, fault[1]);
    if ((given['AnvenderKontekst'] as { Cvr?: unknown } | undefined)?.Cvr !== this.cvr)
      throw new TokenRefusal(403, 'There is no service agreement for this CVR number.');
    this.issued.saml += 1;
    const until = Date.now() + SAML_HOURS * 3_600_000;
    const { fingerprint } = caller;
    const sealed = this.seal({ kind: 'saml', entityId: entityId as string, fingerprint, until });
    const assertion = Buffer.from(`<saml:Assertion ID="${sealed}"/>`, 'utf8').toString('base64');
    return { RequestedSecurityToken: { Assertion: assertion }, Lifetime: american(until) };
  }

  /** A SAML token for a Holder-of-key token. */
  exchange(form: string, caller: Caller): object {
    const assertion = Buffer.from(new URLSearchParams(form).get('saml-token') ?? '', 'base64').toString('utf8');
    const claims = this.open(/ID="([^"]+)"/.exec(assertion)?.[1] ?? '', 'saml', caller);
    this.issued.access += 1;
    const until = Date.now() + this.accessSeconds * 1000;
    const token = this.seal({ ...claims, kind: 'access', until });
    return { access_token: token, token_type: 'Holder-of-key', expires_in: this.accessSeconds };
  }

  /** Throws when the header holds no token for the service, or one of another caller. */
  requireAccess(header: string | undefined, entityId: string, caller: Caller): void {
    const token = /^Holder-of-key (\S+)$/.exec(header ?? '')?.[1] ?? '';
    const claims = this.open(token, 'access', caller);
    if (claims.entityId !== entityId) throw new TokenRefusal(401, 'The token is for another service.');
  }

  private seal(claims: Claims): string {
    const text = Buffer.from(JSON.stringify(claims), 'utf8').toString('base64url');
    return `${text}.${this.mark(text)}`;
  }

  private open(token: string, kind: Claims['kind'], { fingerprint }: Caller): Claims {
    const [text = '', mark = ''] = token.split('.');
    const expected = Buffer.from(this.mark(text));
    const given = Buffer.from(mark);
    if (expected.length !== given.length || !timingSafeEqual(expected, given))
      throw new TokenRefusal(401, 'The token is not known.');
    const claims = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Claims;
    if (claims.kind !== kind) throw new TokenRefusal(401, 'The token is of another kind.');
    if (claims.until <= Date.now()) throw new TokenRefusal(401, 'The token has ended.');
    if (claims.fingerprint !== fingerprint) throw new TokenRefusal(401, 'The token is bound to another certificate.');
    return claims;
  }

  private mark(text: string): string {
    return createHmac('sha256', this.key).update(text).digest('base64url');
  }
}

/** `MM/DD/YYYY HH:MM:SS`, as the real one writes it. */
function american(time: number): string {
  const [date = '', clock = ''] = new Date(time).toISOString().split('T');
  const [year, month, day] = date.split('-');
  return `${month}/${day}/${year} ${clock.slice(0, 8)}`;
}
