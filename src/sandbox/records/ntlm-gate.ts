import { createHmac, randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { create_NT_hashed_password } from 'httpntlm/ntlm';
import type { Answer } from './answer';
import type { StandInCall } from './records-stand-in';

const UNICODE = 0x01;
const NTLM = 0x0200;
const EXTENDED = 0x080000;
const TARGET_INFO = 0x800000;

/**
 * Lets connections in by NTLM (version 2), as Internet Information Services does: 401 with an offer, a challenge, and an
 * answer that is reckoned from the password. The login belongs to the connection.
 */
export class NtlmGate {
  private open = new WeakSet<Socket>();
  private readonly challenges = new WeakMap<Socket, Buffer>();
  /** How many logins there were. */
  logins = 0;

  constructor(private readonly account: { username: string; password: string; domain: string }) {}

  /** Undefined for a call on a connection that is logged in. */
  refusal({ authorization, socket }: StandInCall): Answer | undefined {
    const message = Buffer.from(/^NTLM (.+)$/.exec(authorization)?.[1] ?? '', 'base64');
    const type = message.length > 12 ? message.readUInt32LE(8) : 0;
    if (type === 1) return this.challenge(socket);
    if (type === 3 && this.isRight(message, socket)) {
      this.open.add(socket);
      this.logins += 1;
    }
    return this.open.has(socket) ? undefined : asking('NTLM');
  }

  /** All connections have to log in again. */
  expire(): void {
    this.open = new WeakSet();
  }

  private challenge(socket: Socket): Answer {
    const challenge = randomBytes(8);
    this.challenges.set(socket, challenge);
    const name = Buffer.from('SOLBY', 'utf16le');
    const info = Buffer.concat([pair(2, name), pair(0, Buffer.alloc(0))]);
    const head = Buffer.alloc(48);
    head.write('NTLMSSP\0', 0, 'latin1');
    head.writeUInt32LE(2, 8);
    field(head, 12, name.length, head.length);
    head.writeUInt32LE(UNICODE + NTLM + EXTENDED + TARGET_INFO, 20);
    challenge.copy(head, 24);
    field(head, 40, info.length, head.length + name.length);
    return asking(`NTLM ${Buffer.concat([head, name, info]).toString('base64')}`);
  }

  /** MS-NLMP 3.3.2: the proof is an HMAC of challenge and blob, by a key made of password, name and domain. */
  private isRight(message: Buffer, socket: Socket): boolean {
    const challenge = this.challenges.get(socket);
    const response = fieldOf(message, 20);
    const user = fieldOf(message, 36).toString('utf16le');
    const domain = fieldOf(message, 28).toString('utf16le');
    const { username, password } = this.account;
    if (!challenge || user.toUpperCase() !== username.toUpperCase() || domain !== this.account.domain) return false;
    const secret = create_NT_hashed_password(password);
    const key = hmac(secret, Buffer.from(user.toUpperCase() + domain, 'utf16le'));
    return hmac(key, Buffer.concat([challenge, response.subarray(16)])).equals(response.subarray(0, 16));
  }
}

function asking(way: string): Answer {
  return { status: 401, headers: { 'www-authenticate': way }, json: { Message: 'log in' } };
}

function hmac(key: Buffer, data: Buffer): Buffer {
  return createHmac('md5', key).update(data).digest();
}

function pair(id: number, value: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(id, 0);
  head.writeUInt16LE(value.length, 2);
  return Buffer.concat([head, value]);
}

function field(head: Buffer, at: number, length: number, offset: number): void {
  head.writeUInt16LE(length, at);
  head.writeUInt16LE(length, at + 2);
  head.writeUInt32LE(offset, at + 4);
}

function fieldOf(message: Buffer, at: number): Buffer {
  const offset = message.readUInt32LE(at + 4);
  return message.subarray(offset, offset + message.readUInt16LE(at));
}
