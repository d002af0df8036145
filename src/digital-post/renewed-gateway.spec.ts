import type { DigitalPostGateway } from '../contracts';
import { RenewedGateway } from './renewed-gateway';

const DAY_MS = 86_400_000;
const { signal } = new AbortController();

/** A road that says which it is. */
function road(name: string, daysLeft: number, carriesLetters = true): DigitalPostGateway & { isClosed: boolean } {
  const ends = new Date(Date.now() + daysLeft * DAY_MS);
  const accepted = async () => ({ state: 'accepted' as const, raw: name });
  return {
    isClosed: false,
    registration: async () => 'registered',
    send: accepted,
    ...(carriesLetters ? { sendLetter: accepted } : {}),
    pullReceipts: async () => [],
    confirmReceipt: async () => undefined,
    certificateExpiresAt: () => ends,
    close() {
      this.isClosed = true;
    },
  };
}

/** Roads that are made one after the other; an error is thrown. */
function made(...roads: (DigitalPostGateway | Error)[]): RenewedGateway {
  return new RenewedGateway(() => {
    const next = roads.shift();
    if (next instanceof Error || !next) throw next ?? new Error('nothing more was to be made');
    return next;
  });
}
const sentBy = async (gateway: RenewedGateway) => {
  const outcome = await gateway.send('', new Uint8Array(), signal);
  return outcome.state === 'accepted' && outcome.raw;
};

describe('a road whose certificate is replaced', () => {
  it('is not made anew while its certificate lasts long', async () => {
    expect(await sentBy(made(road('first', 31)))).toBe('first');
  });

  it('is left for the one with the new certificate, and closed', async () => {
    const first = road('first', -1);
    const gateway = made(first, road('second', 700));
    expect(await sentBy(gateway)).toBe('second');
    expect(first.isClosed).toBe(true);
    expect(gateway.certificateExpiresAt().getTime()).toBeGreaterThan(Date.now());
  });

  it('stays while the files are no pair or hold the same certificate, and looks again at the next call', async () => {
    const same = road('same', -1);
    const gateway = made(same, new Error('no pair'), same, road('second', 700));
    expect([await sentBy(gateway), await sentBy(gateway), await sentBy(gateway)]).toEqual(['same', 'same', 'second']);
  });

  it('carries letters only where the road does', async () => {
    expect(made(road('paper', 700)).sendLetter).toBeDefined();
    expect(made(road('digital', 700, false)).sendLetter).toBeUndefined();
  });

  it('throws at the start when it cannot be made', () => {
    expect(() => made(new Error('not there'))).toThrow('not there');
  });
});
