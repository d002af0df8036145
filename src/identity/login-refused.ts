export type LoginRefusal =
  'expired' | 'failed' | 'assurance-too-low' | 'business-identity' | 'no-cpr' | 'no-role' | 'other-authority';

const SENTENCES: Record<LoginRefusal, string> = {
  expired: 'Dit login tog for lang tid eller er allerede brugt. Log ind igen.',
  failed: 'Login lykkedes ikke. Prøv igen, og ring til os, hvis det bliver ved.',
  'assurance-too-low':
    'Du er logget ind på et for lavt sikkerhedsniveau. Log ind med MitID på niveauet »Betydelig« eller »Høj«.',
  'business-identity':
    'Du er logget ind med MitID Erhverv. Log ind med dit private MitID for at se dine egne oplysninger.',
  'no-cpr': 'Vi fik ikke dit personnummer fra MitID. Log ind igen, og giv lov til, at det sendes til kommunen.',
  'no-role': 'Du er logget ind, men har ingen rolle i Aktindsigt. Bed din leder om at få tildelt en.',
  'other-authority': 'Du er logget ind med en identitet fra en anden myndighed. Log ind med din egen kommunes.',
};

/** Somebody was who they said, or not, and may not come in. The message is for the person. */
export class LoginRefused extends Error {
  constructor(
    readonly code: LoginRefusal,
    options?: ErrorOptions,
  ) {
    super(SENTENCES[code], options);
    this.name = 'LoginRefused';
  }
}
