import { fits, type LegalBasis } from '../law';
import { Refusal } from '../requests/refusal';

/** The ground, when it is one that the basis allows; the database holds no other. */
export function requireGround(basis: LegalBasis, groundId: string | null): string {
  if (groundId === null)
    throw new Refusal(
      'ground-missing',
      'Vælg en bestemmelse. For dette retsgrundlag er der ingen, som passer af sig selv.',
    );
  if (!fits(groundId, basis))
    throw new Refusal(
      'ground-does-not-fit',
      'Bestemmelsen kan ikke bruges på dette retsgrundlag. Vælg en af dem, som siden viser.',
    );
  return groundId;
}
