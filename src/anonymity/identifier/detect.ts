import { announcedBy, announcesOthers } from './column-name.ts';
import { firstNamesIn, isPersonName } from './first-name.ts';
import { embedded, type IdentifierKind, type Shape, shapes } from './shape.ts';

export type Confidence = 'high' | 'medium' | 'low';

/** A kind of identifier that a column holds. `share`: of its filled cells, those that were recognised. */
export interface Identifier {
  readonly column: string;
  readonly kind: IdentifierKind;
  readonly share: number;
  readonly confidence: Confidence;
}

export interface Detector {
  /** A filled value, and in how many rows it stands. */
  readonly add: (value: string, rows: number) => void;
  readonly identifiers: () => readonly Identifier[];
}

interface Seen {
  shaped: number;
  passed: number;
  /** Rows behind those that passed. */
  rows: number;
}

/** Below this, so many passes in a row are no chance. */
const CHANCE = 1e-4;
const WORDS = 4;
/** Distinct names that make a column one of persons, and texts texts about persons: of fewer, chance makes some. */
const NAMES = 8;
const NAMES_IN_TEXT = 3;
/** Of all words of French about one in ten is a first name too. */
const MOSTLY_NAMES = 0.8;
const OFTEN_NAMED = 0.2;

/** Looks at the values of one column; nothing of them is kept but counts. */
export function createDetector(column: string): Detector {
  const announced = announcedBy(column);
  const byShape = new Map<Shape, Seen>(shapes.map((shape) => [shape, { shaped: 0, passed: 0, rows: 0 }]));
  const inText = new Map<IdentifierKind, { rows: number; confidence: Confidence }>();
  const others = announcesOthers(column);
  const named = new Set<string>();
  let [filled, distinct, wordy, wordyDistinct] = [0, 0, 0, 0];
  let [persons, personRows, naming, namingRows] = [0, 0, 0, 0];

  const add: Detector['add'] = (raw, rows) => {
    const value = raw.trim();
    if (value === '') return;
    filled += rows;
    distinct++;
    for (const [shape, seen] of byShape) {
      if (!shape.has(value)) continue;
      seen.shaped++;
      if (shape.check !== null && !shape.check.passes(value)) continue;
      seen.passed++;
      seen.rows += rows;
    }
    if (!others && isPersonName(value)) {
      persons++;
      personRows += rows;
    }
    if (!/\s/.test(value)) return;
    if (value.length >= 20 && value.split(/\s+/).length >= WORDS) {
      wordy += rows;
      wordyDistinct++;
      const names = firstNamesIn(value);
      if (names.length > 0) {
        naming++;
        namingRows += rows;
        for (const name of names) if (named.size < NAMES_IN_TEXT) named.add(name);
      }
    }
    for (const { kind, find, passes, confidence } of embedded) {
      const found = value.match(find);
      if (!found?.some(passes)) continue;
      const before = inText.get(kind);
      inText.set(kind, {
        rows: (before?.rows ?? 0) + rows,
        confidence: before?.confidence === 'high' ? 'high' : confidence,
      });
    }
  };

  const identifiers: Detector['identifiers'] = () => {
    if (filled === 0) return [];
    const found = new Map<IdentifierKind, { rows: number; confidence: Confidence }>();
    const note = (kind: IdentifierKind, rows: number, confidence: Confidence | null): void => {
      if (confidence === null) return;
      const before = found.get(kind);
      found.set(kind, {
        rows: Math.max(rows, before?.rows ?? 0),
        confidence: before && stronger(before.confidence, confidence) ? before.confidence : confidence,
      });
    };
    for (const [shape, seen] of byShape)
      note(shape.kind, seen.rows, confidenceOf(shape, seen, announced.has(shape.kind), distinct));
    for (const [kind, { rows, confidence }] of inText)
      note(kind, rows, announced.has(kind) ? 'high' : confidence);
    if (persons >= NAMES && persons >= distinct * MOSTLY_NAMES) note('name', personRows, 'medium');
    if (named.size >= NAMES_IN_TEXT && !found.has('address'))
      note('name', namingRows, naming >= wordyDistinct * OFTEN_NAMED ? 'medium' : 'low');
    const isText = wordyDistinct >= Math.max(2, distinct / 2) && !found.has('address');
    if (isText) note('free_text', wordy, announced.has('free_text') ? 'high' : 'medium');
    return [...found].map(([kind, { rows, confidence }]) => ({
      column,
      kind,
      share: Math.min(1, rows / filled),
      confidence,
    }));
  };
  return { add, identifiers };
}

/** How far a column is believed to hold a kind, by the strength of the check, the run of passes, and its name. */
function confidenceOf(
  { kind, check, alone }: Shape,
  { shaped, passed }: Seen,
  announced: boolean,
  distinct: number,
): Confidence | null {
  if (passed === 0) return null;
  const share = passed / distinct;
  if (check === null) {
    // A shape that says nothing alone says something under a name that announces it.
    if (alone === 'none' || kind === 'name') {
      if (announced && share >= 0.5) return kind === 'name' ? 'medium' : 'high';
      return alone === 'low' && share >= 0.8 && distinct >= 5 ? 'low' : null;
    }
    if (announced) return 'high';
    if (alone === 'high') return 'high';
    return share >= 0.5 ? alone : 'low';
  }
  const rate = passed / shaped;
  const asByChance = rate < check.chance * 3 && shaped >= 20;
  if (announced) return asByChance ? 'low' : 'high';
  // So many of so many passing, were each a draw: when that is no chance, the name is not needed.
  const run = rate >= 0.8 ? check.chance ** passed : 1;
  if (run < CHANCE && share >= 0.5) return 'high';
  if (run < CHANCE) return 'medium';
  if (asByChance || rate < 0.5) return null;
  return check.chance <= 1 / 90 ? 'medium' : 'low';
}

function stronger(a: Confidence, b: Confidence): boolean {
  const order = ['low', 'medium', 'high'];
  return order.indexOf(a) > order.indexOf(b);
}
