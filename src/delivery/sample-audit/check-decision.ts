import { appealRoute, basisName, fits, groundById, longCitation } from '../../law';
import type { AnswerTexts } from '../../decisions/answer-texts';
import { areaOf } from '../../overview/case-subject';
import type { AuditedDelivery, UsedGround } from './audited-delivery';
import type { Evidence } from './points';

const SHORTEST_CONSIDERATION = 10;
const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** Point 2. The program lists what was chosen; whether it is right is law and not arithmetic. */
export function checkBasis({ cases }: AuditedDelivery): Evidence {
  if (cases.length === 0) return { verdict: 'not_relevant', lines: ['Der er ingen sager i anmodningen.'] };
  const lines = cases.map(
    ({ kle, basis }, index) =>
      `Sag ${index + 1} (${kle ?? 'intet KLE-nummer'}, ${areaOf(kle ?? undefined)}): ${basisName(basis)}.`,
  );
  return { verdict: 'unknown', lines };
}

/** Point 4. */
export function checkGrounds({ grounds, considerations, delivery }: AuditedDelivery): Evidence {
  const href = `/arkiv/leverancer/${delivery.id}#afgoerelse`;
  if (grounds.length === 0) return { verdict: 'not_relevant', lines: ['Intet er fjernet eller udeladt.'] };
  const misfit = grounds.filter(({ groundId, basis }) => !fits(groundId, basis));
  const bare = grounds.filter(
    ({ groundId, passages }) => passages > 0 && (considerations[groundId]?.trim().length ?? 0) < SHORTEST_CONSIDERATION,
  );
  const lines = [
    ...grounds.map((used) => `${citationOf(used)}: ${usedFor(used)}.`),
    ...misfit.map((used) => `${citationOf(used)} passer ikke til ${basisName(used.basis)}.`),
    ...bare.map((used) => `Der er intet hovedhensyn ved ${citationOf(used)}.`),
  ];
  return { verdict: misfit.length + bare.length > 0 ? 'wrong' : 'right', lines, href };
}

/** Point 5: only where a ground is used that asks for it. */
export function checkExtraction({ grounds, considerations, delivery }: AuditedDelivery): Evidence {
  const laws = grounds.flatMap((used) => groundById(used.groundId) ?? []);
  const internal = laws.filter((ground) => ground.extractFacts || ground.extractAssessments);
  const extra = laws.filter((ground) => ground.extraAccess !== 'none');
  if (internal.length + extra.length === 0)
    return {
      verdict: 'not_relevant',
      lines: ['Ingen af de brugte hjemler kræver ekstrahering eller meroffentlighed.'],
    };
  const hasExtra = (considerations.meroffentlighed?.trim().length ?? 0) >= SHORTEST_CONSIDERATION;
  const lines = [
    ...(extra.length === 0
      ? []
      : [
          hasExtra
            ? 'Der er skrevet om meroffentlighed.'
            : 'Afgørelsen henviser kun til tavshedspligten om meroffentlighed.',
        ]),
    ...internal.map(
      (ground) =>
        `${longCitation(ground)} kræver ekstrahering. Se efter i afgørelsen, om faktiske oplysninger er givet.`,
    ),
  ];
  const verdict = internal.length > 0 || (extra.length > 0 && !hasExtra) ? 'doubt' : 'right';
  return { verdict, lines, href: `/arkiv/leverancer/${delivery.id}#afgoerelse` };
}

/** Point 8: the body that the catalogue gives for each case's subject and basis must stand in the letter. */
export function checkAppealGuidance({ cases, decision }: AuditedDelivery, texts: AnswerTexts | null): Evidence {
  if (decision.outcome === 'full')
    return { verdict: 'not_relevant', lines: ['Borgeren fik alt, og en klagevejledning er ikke nødvendig.'] };
  if (!texts) return { verdict: 'unknown', lines: ['Afgørelsens tekst er ikke gemt.'] };
  const guidance = texts.letter.complaints.map(({ text }) => text).join('\n');
  if (guidance === '') return { verdict: 'wrong', lines: ['Afgørelsen har ingen klagevejledning.'] };
  const routes = cases.map(({ basis, kle }, index) => ({ index: index + 1, kle, route: appealRoute(basis, kle) }));
  const lines = routes.map(({ index, kle, route }) => {
    if (!route)
      return `Sag ${index} (${kle ?? 'intet KLE-nummer'}): kataloget kender ingen klageinstans. Bedøm vejledningen selv.`;
    return `Sag ${index} (${kle ?? 'intet KLE-nummer'}): ${route.body}${guidance.includes(route.body) ? '' : ' mangler i afgørelsen'}.`;
  });
  const isMissing = routes.some(({ route }) => route && !guidance.includes(route.body));
  if (isMissing) return { verdict: 'wrong', lines };
  return { verdict: routes.some(({ route }) => !route) ? 'doubt' : 'right', lines };
}

function citationOf({ groundId }: UsedGround): string {
  const ground = groundById(groundId);
  return ground ? longCitation(ground) : groundId;
}

function usedFor({ passages, documents, basis }: UsedGround): string {
  const parts = [
    ...(passages > 0 ? [counted(passages, 'sted', 'steder')] : []),
    ...(documents > 0 ? [counted(documents, 'helt dokument', 'hele dokumenter')] : []),
  ];
  return `${parts.join(' og ')} (${basisName(basis)})`;
}
