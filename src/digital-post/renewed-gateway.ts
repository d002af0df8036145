import type { ByteSource, DigitalPostGateway, SendOutcome } from '../contracts';

/** From here on a new certificate is looked for at every call. */
const RENEWAL_MS = 30 * 86_400_000;

/**
 * A road whose certificate lies in files that an operator replaces while the program runs: when it ends soon or has ended,
 * each call looks for a new one. `make` reads the files; while it throws, the road stays as it is.
 */
export class RenewedGateway implements DigitalPostGateway {
  private current: DigitalPostGateway;

  constructor(private readonly make: () => DigitalPostGateway) {
    this.current = make();
  }

  registration(...asked: Parameters<DigitalPostGateway['registration']>) {
    return this.road().registration(...asked);
  }

  send(...sent: Parameters<DigitalPostGateway['send']>) {
    return this.road().send(...sent);
  }

  /** Absent when the road carries no paper. */
  get sendLetter():
    ((letterId: string, letter: Uint8Array | ByteSource, signal: AbortSignal) => Promise<SendOutcome>) | undefined {
    if (!this.current.sendLetter) return undefined;
    return (...sent) => this.road().sendLetter!(...sent);
  }

  pullReceipts(signal: AbortSignal) {
    return this.road().pullReceipts(signal);
  }

  /** At the road that the receipt was fetched by: one that is open at a broker belongs to its connection. */
  confirmReceipt(...confirmed: Parameters<DigitalPostGateway['confirmReceipt']>) {
    return this.current.confirmReceipt(...confirmed);
  }

  certificateExpiresAt(): Date {
    return this.current.certificateExpiresAt();
  }

  close(): void {
    this.current.close();
  }

  private road(): DigitalPostGateway {
    const until = this.current.certificateExpiresAt().getTime();
    if (until - Date.now() > RENEWAL_MS) return this.current;
    const fresh = this.tryToMake();
    if (!fresh || fresh.certificateExpiresAt().getTime() <= until) {
      fresh?.close();
      return this.current;
    }
    this.current.close();
    this.current = fresh;
    return fresh;
  }

  /** Null while the files are being replaced: a certificate without its key is no pair. */
  private tryToMake(): DigitalPostGateway | null {
    try {
      return this.make();
    } catch {
      return null;
    }
  }
}
