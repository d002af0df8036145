import { nameOf, OperationReader } from './content-stream';
import type { WritingInPaint } from './writing-in-paint';

/** Resource categories that a content stream names. */
export type ResourceCategory = 'XObject' | 'Font' | 'ExtGState' | 'ColorSpace' | 'Pattern' | 'Shading';

export type UsedNames = Record<ResourceCategory, Set<string>>;

export interface ContentRules {
  /** True when the optional content that a property list names is switched off. */
  layerIsOff: (propertiesName: string) => boolean;
  /** True when the picture or form of that name belongs to optional content that is switched off. */
  objectIsOff: (objectName: string) => boolean;
  /** Told of a text that replaces what is drawn (/ActualText, /Alt, /E); it goes away. */
  onReplacement?: (text: string) => void;
  /** Writes letters of patterns and soft masks where they are shown. */
  writing?: WritingInPaint;
}

export interface CleanedContent {
  /** Latin-1; graphics state saves and restores are balanced. */
  content: string;
  used: UsedNames;
  /** True when something that was switched off has been taken away. */
  droppedLayer: boolean;
}

const PAINTS_PATH = new Set(['f', 'F', 'f*', 'S', 's', 'B', 'B*', 'b', 'b*']);
const PAINTS_OTHER = new Set(['Tj', 'TJ', "'", '"', 'Do', 'sh', 'BI']);

/**
 * Takes marked content (and the hidden text that it can hold), comments and layers that are switched off out of a content
 * stream, and tells which resources are left in use.
 */
export function cleanContent(content: string, rules: ContentRules): CleanedContent {
  const used = noNames();
  const out: string[] = [];
  const marks: boolean[] = [];
  let saved = 0;
  let droppedLayer = false;
  const reader = new OperationReader(content);
  while (reader.next()) {
    const { operator } = reader;
    if (operator === 'BMC' || operator === 'BDC') {
      const name = nameOf(reader.operand(1));
      marks.push(reader.operand(0) === '/OC' && name !== undefined && rules.layerIsOff(name));
      tellReplacement(reader.operand(1), rules);
      continue;
    }
    if (operator === 'EMC') {
      marks.pop();
      continue;
    }
    if (operator === 'MP' || operator === 'DP' || operator === 'BX' || operator === 'EX') continue;
    if (operator === 'q') saved++;
    if (operator === 'Q' && --saved < 0) {
      saved = 0;
      continue;
    }
    const off =
      (marks.length > 0 && marks.includes(true)) ||
      (operator === 'Do' && rules.objectIsOff(nameOf(reader.operand(0)) ?? ''));
    if (off && PAINTS_OTHER.has(operator)) {
      droppedLayer = true;
      continue;
    }
    if (off && PAINTS_PATH.has(operator)) {
      droppedLayer = true;
      out.push('n');
      rules.writing?.after('n', () => undefined);
      continue;
    }
    noteNames(reader, used);
    out.push(reader.written);
    const letters = rules.writing?.after(operator, (index) => reader.operand(index));
    if (letters) out.push(letters);
  }
  for (const name of rules.writing?.forms ?? []) used.XObject.add(name);
  return { content: out.join('\n') + '\nQ'.repeat(saved), used, droppedLayer };
}

export function noNames(): UsedNames {
  return {
    XObject: new Set(),
    Font: new Set(),
    ExtGState: new Set(),
    ColorSpace: new Set(),
    Pattern: new Set(),
    Shading: new Set(),
  };
}

const NAMES = new Map<string, ResourceCategory>([
  ['Do', 'XObject'],
  ['Tf', 'Font'],
  ['gs', 'ExtGState'],
  ['cs', 'ColorSpace'],
  ['CS', 'ColorSpace'],
  ['sh', 'Shading'],
]);

function noteNames(reader: OperationReader, used: UsedNames): void {
  const category = NAMES.get(reader.operator);
  if (category) used[category].add(nameOf(reader.operand(0)) ?? '');
  if (reader.operator === 'scn' || reader.operator === 'SCN') {
    const pattern = nameOf(reader.operand(-1));
    if (pattern !== undefined) used.Pattern.add(pattern);
  }
  if (reader.operator === 'BI') {
    for (const operand of reader.operands) used.ColorSpace.add(nameOf(operand) ?? '');
  }
}

function tellReplacement(properties: string | undefined, rules: ContentRules): void {
  if (!rules.onReplacement || !properties?.startsWith('<<')) return;
  for (const found of properties.matchAll(/\/(?:ActualText|Alt|E)\s*\(((?:[^\\)]|\\.)*)\)/g)) {
    rules.onReplacement(found[1]);
  }
}
