import type { FaultList } from './memo-fault';
import { plainName, type MemoElement } from './memo-element';
import { grammarOf, type MemoGrammar, type Particle } from './memo-grammar';
import type { MemoVersion } from './memo-limits';
import { faultOfType } from './simple-types';

const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

/** Which elements, in which order, how often, and the facets of their texts: what the official schema says. */
export function checkStructure(root: MemoElement, version: MemoVersion, faults: FaultList): void {
  new StructureCheck(grammarOf(version), faults).visit(root, '');
}

class StructureCheck {
  constructor(
    private readonly grammar: MemoGrammar,
    private readonly faults: FaultList,
  ) {}

  visit(element: MemoElement, path: string): void {
    this.checkAttributes(element, path);
    const sequence = this.grammar.get(element.name)!;
    if (element.text.trim() !== '') {
      this.faults.error(
        'text-between-elements',
        path,
        `${where(element, path)} holds text between its elements; it may hold elements only.`,
        element.line,
      );
    }
    this.checkSequence(element, sequence, path);
    for (const each of element.children) {
      const particle = sequence.find((candidate) => candidate.name === each.name);
      if (particle) this.checkChild(each, particle, join(path, each.name));
    }
  }

  private checkChild(element: MemoElement, particle: Particle, path: string): void {
    if (!particle.type) return this.visit(element, path);
    this.checkAttributes(element, path);
    if (element.children.length > 0) {
      this.faults.error('element-in-text', path, `${path} may hold text only, and it holds an element.`, element.line);
      return;
    }
    const fault = faultOfType(particle.type, element.text);
    if (fault) this.faults.error(`type-${particle.type}`, path, `${path} ${fault}.`, element.line);
  }

  private checkAttributes(element: MemoElement, path: string): void {
    for (const { namespace, name } of element.attributes) {
      const isSchemaHint = namespace === XSI && /^(noNamespaceS|s)chemaLocation$/.test(name);
      // The versions on the root are judged by their own rule.
      const isVersion = path === '' && (name === 'memoVersion' || name === 'memoSchVersion');
      if (isSchemaHint || isVersion) continue;
      this.faults.error(
        'attribute',
        path,
        `${where(element, path)} has the attribute ${name}, which MeMo does not know. Remove it.`,
        element.line,
      );
    }
  }

  /** One pass: a name behind the present place stands out of order, a required place that was skipped is missing. */
  private checkSequence(parent: MemoElement, sequence: readonly Particle[], path: string): void {
    const counts = new Map<string, number>();
    let place = 0;
    for (const element of parent.children) {
      const found = sequence.findIndex((particle) => particle.name === element.name);
      if (found < 0) {
        this.unknown(element, parent, path);
        continue;
      }
      if (found < place) this.outOfOrder(element, sequence[place]!, path);
      place = Math.max(place, found);
      counts.set(element.name, (counts.get(element.name) ?? 0) + 1);
    }
    for (const particle of sequence) this.checkCount(particle, counts.get(particle.name) ?? 0, parent, path);
  }

  private unknown(element: MemoElement, parent: MemoElement, path: string): void {
    this.faults.error(
      'unknown-element',
      join(path, element.name),
      `${where(parent, path)} holds the element ${plainName(element.name)}, which has no place there. Remove it, or check its namespace.`,
      element.line,
    );
  }

  private outOfOrder(element: MemoElement, later: Particle, path: string): void {
    this.faults.error(
      'element-order',
      join(path, element.name),
      `${join(path, element.name)} stands after ${plainName(later.name)} and must stand before it; the order of elements is fixed.`,
      element.line,
    );
  }

  private checkCount(particle: Particle, count: number, parent: MemoElement, path: string): void {
    const place = join(path, particle.name);
    if (count < particle.least) {
      this.faults.error('missing-element', place, `${place} is missing, and every message needs it.`, parent.line);
    }
    if (count > particle.most) {
      this.faults.error(
        'too-many',
        place,
        `${place} stands ${count} times, and ${particle.most} is the most.`,
        parent.line,
      );
    }
  }
}

function join(path: string, name: string): string {
  return path === '' ? plainName(name) : `${path}/${plainName(name)}`;
}

function where(element: MemoElement, path: string): string {
  return path === '' ? plainName(element.name) : path;
}
