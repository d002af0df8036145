/** Words by which an authority says that it is busy; alone they are no reason (FOB 2021-31). */
const BUSY =
  /\b(travl\w*|mange sager|ophobning|sagsophobning|sager før|ferie\w*|sygdom\w*|ressourc\w*|bemanding\w*|prioriter\w*)\b/i;
/** What makes a notice concrete: size, number, kind of consideration, or what is waited for. */
const CONCRETE =
  /\b(\d+|sider|dokumenter|omfang\w*|systemer|arkiv\w*|papir\w*|scann\w*|tredje\w*|part\w*|børn\w*|vurder\w*|høring\w*|jurid\w*|afklar\w*|oplysninger om andre)\b/i;
const SHORTEST = 30;

/**
 * Whether a reason for lateness is concrete enough: it names size, number, or the kind of consideration. Being busy alone
 * is none. Returns null, or why not as a sentence for the caseworker.
 */
export function faultOfReason(reason: string): string | null {
  const words = reason.trim();
  if (words.length < SHORTEST)
    return 'Begrundelsen er for kort. Skriv konkret, hvad der gør, at svaret ikke kan nås: hvor mange sider det er, hvor de skal findes, eller hvilke vurderinger der skal til.';
  if (CONCRETE.test(words)) return null;
  return BUSY.test(words)
    ? 'Travlhed er ikke grund nok alene. Skriv konkret, hvad ved denne anmodning der gør, at svaret ikke kan nås.'
    : 'Skriv konkret, hvad ved denne anmodning der gør, at svaret ikke kan nås: omfang, antal dokumenter, eller hvilke vurderinger der skal til.';
}
