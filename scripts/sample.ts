/**
 * Writes the synthetic sample of the example: 20,000 invented pupils with the columns that its manifest declares.
 * The same seed gives the same bytes; `--check` fails when the file is not what this would write.
 * `node scripts/sample.ts [--check]`
 */
import { readFile, writeFile } from 'node:fs/promises';

const PUPILS = 20_000;
const SEED = 2018;

/** A small generator of numbers in [0, 1): the example needs to be the same everywhere, not to be unpredictable. */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const streets = [
  'rue des Écoles',
  'place de la Mairie',
  'rue du Lavoir',
  'avenue de la Gare',
  'chemin des Vignes',
  'rue Jean-Jaurès',
  'impasse du Moulin',
  'rue Haute',
];
const beginnings = ['Belle', 'Haute', 'Clair', 'Mont', 'Val', 'Roche', 'Fontaine', 'Vieux', 'Grand', 'Petit'];
const endings = ['rive', 'combe', 'court', 'mare', 'bois', 'pré', 'ville', 'font', 'lieu', 'champ'];
const departements = [
  ...Array.from({ length: 95 }, (_, at) => String(at + 1).padStart(2, '0')).filter((code) => code !== '20'),
  '971',
  '972',
  '973',
  '974',
  '976',
];

function makeSample(): string {
  const random = createRandom(SEED);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const rows: string[] = [];
  while (rows.length < PUPILS) {
    const departement = pick(departements);
    const postcode = `${departement}${String(Math.floor(random() * 10 ** (5 - departement.length) * 0.099) * 10).padStart(5 - departement.length, '0')}`;
    const address = `${1 + Math.floor(random() * 60)} ${pick(streets)} ${postcode} ${pick(beginnings)}${pick(endings)}`;
    // Most schools have a class or two; some villages have a handful of pupils, or one.
    const size = Math.max(1, Math.round(Math.exp(2.5 + 1.1 * normal())));
    const level = 60 + 8 * normal();
    for (let pupil = 0; pupil < size && rows.length < PUPILS; pupil++) {
      const number = Array.from({ length: 3 }, () =>
        Math.floor(random() * 2 ** 16)
          .toString(36)
          .padStart(4, '0'),
      ).join('');
      rows.push(`${number},${address},${Math.max(0, Math.min(100, Math.round(level + 15 * normal())))}`);
    }
  }
  // In no order: which rows stand together must not tell the school.
  for (let at = rows.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [rows[at], rows[other]] = [rows[other] ?? '', rows[at] ?? ''];
  }
  return `order_no,school_address,score\n${rows.join('\n')}\n`;
}

const file = new URL('../examples/evaluations-2018/sample.csv', import.meta.url);
const wanted = makeSample();
if (!process.argv.includes('--check')) await writeFile(file, wanted);
else if ((await readFile(file, 'utf8').catch(() => '')) !== wanted) {
  console.error('examples/evaluations-2018/sample.csv is not what scripts/sample.ts writes: run it');
  process.exitCode = 1;
}
