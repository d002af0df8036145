/** Why a page or a login is refused; each has its own words and says what to do. */
export type RefusalKind =
  | 'assurance-too-low'
  | 'mitid-erhverv'
  | 'for-another'
  | 'no-cpr'
  | 'login-cancelled'
  | 'login-failed'
  | 'login-unavailable'
  | 'session-expired'
  | 'no-role'
  | 'for-staff'
  | 'for-citizens'
  | 'not-own-file'
  | 'form-expired'
  | 'not-found'
  | 'deleted'
  | 'already-done'
  | 'bad-request'
  | 'too-many'
  | 'fault'
  | 'unavailable';

/** `adgang-naegtet` and `fejl`. */
export interface RefusalPage {
  kind: RefusalKind;
  /** Where the main button leads; `/` when absent. */
  href?: string;
  /** One sentence of this case ("Anmodningen er allerede sendt."), instead of the kind's own first sentence. */
  sentence?: string;
  /** Said to the one who answers the telephone. */
  reference?: string;
}
