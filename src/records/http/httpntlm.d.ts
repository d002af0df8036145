/** The messages of NTLM; the package comes without types. */
declare module 'httpntlm/ntlm' {
  export interface Account {
    username: string;
    password: string;
    domain: string;
    workstation: string;
  }
  export interface Challenge {
    serverChallenge: Buffer;
    targetInfo?: Buffer;
    negotiateFlags: number;
  }
  /** A header's value, `NTLM …`. */
  export function createType1Message(account: Account): string;
  /** Null, after `refused` was called, for a header that is no challenge. */
  export function parseType2Message(header: string, refused: (error: Error) => void): Challenge | null;
  export function createType3Message(challenge: Challenge, account: Account): string;
  export function create_NT_hashed_password(password: string): Buffer;
}
