import { SourceError, type RecordsCase, type RecordsParty, type RunContext } from '../../contracts';
import { readOrGap } from '../http/found-gaps';
import { sentence } from '../http/source-errors';
import { optionalDay, optionalText, requiredId, requiredText, wireOf, wiresOf, type Wire } from '../http/wire';
import { reportGap } from '../reporting';
import type { Hal } from './hal';

const ASKED = "the tree of the citizen's pathways";
const PATHWAY = 'patientPathwayReference';
export const DOCUMENT = 'documentReference';

/** The tree of a view: pathways, pathways below them, and what is filed on each. */
export async function treeOf(hal: Hal, view: Wire, signal: AbortSignal): Promise<Wire[]> {
  return wiresOf(await hal.get(hal.link(view, 'pathwayReferences', ASKED), ASKED, signal), ASKED);
}

/** Pathways as cases, open and ended, each before those below it. `seen` counts them, those that are refused too. */
export async function* pathwaysIn(
  hal: Hal,
  nodes: Wire[],
  citizen: RecordsParty,
  seen: Set<string>,
  context: RunContext,
  parent?: string,
): AsyncGenerator<RecordsCase> {
  for (const node of nodes) {
    const isCase = isPathway(node);
    const id = isCase ? hal.link(node, 'referencedObject', ASKED) : parent;
    if (isCase && id !== undefined && !seen.has(id)) {
      seen.add(id);
      const subject = { sourceCaseId: id, name: `Forløbet ${id}` };
      const pathway = await readOrGap(hal.get(id, 'a pathway', context.signal), subject, context);
      if (pathway !== undefined) yield caseOf(node, id, citizen, parent);
    }
    yield* pathwaysIn(hal, childrenOf(node), citizen, seen, context, id);
  }
}

/**
 * Holds the tree to the citizen's list of active programs, which no view narrows: a program that is not in the tree means
 * that the view hides pathways.
 */
export async function reportHidden(hal: Hal, patient: Wire, tree: Wire[], context: RunContext): Promise<void> {
  const asked = "the citizen's active programs";
  const link = hal.linkIfAny(patient, ['activePrograms'], asked);
  if (link === undefined) return;
  const active = wiresOf(await hal.get(link, asked, context.signal), asked).map((each) =>
    requiredId(each, 'id', asked),
  );
  const shown = new Set(idsOfPathways(tree));
  const hidden = active.filter((id) => !shown.has(id)).length;
  if (hidden === 0) return;
  const found = `named ${hidden} pathways that the view does not show; the view is not whole`;
  const text = `Nexus nævner ${hidden} aktive forløb, som visningen ikke viser. Ret visningen, eller søg dem i Nexus.`;
  const cause = new SourceError('truncated', sentence(asked, found), false);
  reportGap(context, { kind: 'count_mismatch', sentence: text }, cause);
}

function idsOfPathways(nodes: Wire[]): string[] {
  return nodes.flatMap((node) => [
    ...(isPathway(node) ? [requiredId(node, 'patientPathwayId', ASKED)] : []),
    ...idsOfPathways(childrenOf(node)),
  ]);
}

/** What is filed on a pathway itself: not what is filed on the pathways below it, which are cases of their own. */
export async function filedOn(hal: Hal, caseId: string, signal: AbortSignal): Promise<Wire[]> {
  const asked = `the elements of pathway ${caseId}`;
  const pathway = wireOf(await hal.get(caseId, asked, signal), asked);
  const nodes = wiresOf(await hal.get(hal.link(pathway, 'pathwayReferences', asked), asked, signal), asked);
  // Some answers begin with the pathway itself, some with what is below it.
  const own = nodes.flatMap((node) =>
    isPathway(node) && hal.link(node, 'referencedObject', asked) === caseId ? childrenOf(node) : [node],
  );
  return elementsIn(own);
}

/** Elements among `nodes` and below them, without those of pathways. */
export function elementsIn(nodes: Wire[]): Wire[] {
  return nodes.filter((node) => !isPathway(node)).flatMap((node) => [node, ...elementsIn(childrenOf(node))]);
}

function caseOf(node: Wire, id: string, citizen: RecordsParty, parent?: string): RecordsCase {
  const elements = elementsIn(childrenOf(node));
  const documents = elements.filter(({ type }) => type === DOCUMENT).length;
  return {
    sourceCaseId: id,
    title: requiredText(node, 'name', ASKED),
    open: optionalText(node, 'pathwayStatus', ASKED) === 'ACTIVE',
    openedAt: optionalDay(node, 'date', ASKED),
    parties: [citizen],
    parentSourceCaseId: parent,
    expected: { documents, notes: elements.length - documents },
  };
}

function isPathway(node: Wire): boolean {
  return requiredText(node, 'type', ASKED) === PATHWAY;
}

/** A pathway always says what is on it, if only by an empty list; an element may leave the list out. */
function childrenOf(node: Wire): Wire[] {
  const isLeaf = !isPathway(node) && (node.children === undefined || node.children === null);
  return isLeaf ? [] : wiresOf(node, ASKED, 'children');
}
