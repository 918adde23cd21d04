import { nir as nirNumber, siren as sirenNumber, siret as siretNumber } from 'stdnum/lib/cjs/fr/index.js';

/** 23 letters, without those that are read as digits: the key of UAI and of INE-BEA numbers. */
const keyLetters = 'ABCDEFGHJKLMNPRSTUVWXYZ';

function hasLetterKey(digits: string, key: string): boolean {
  return keyLetters[Number(digits) % 23] === key;
}

/** Code of a school: seven digits and a key letter. */
export function isUai(value: string): boolean {
  const found = /^(\d{7})([A-Z])$/.exec(value.toUpperCase());
  return found !== null && hasLetterKey(found[1] ?? '', found[2] ?? '');
}

/** INE of the base élèves académique: ten digits and a key letter. */
export function isIneBea(value: string): boolean {
  const found = /^(\d{10})([A-Z])$/.exec(value.toUpperCase());
  return found !== null && hasLetterKey(found[1] ?? '', found[2] ?? '');
}

/** INE in base 36: ten characters, then a digit that depends on all of them. */
export function isIneBase36(value: string): boolean {
  const text = value.toUpperCase();
  if (!/^[0-9A-Z]{10}\d$/.test(text)) return false;
  const digits = Array.from(text, (letter) => Number.parseInt(letter, 36));
  const sum = digits.slice(0, 9).reduce((total, digit) => total + digit, 0);
  return (6 * sum + (digits[9] ?? 0)) % 10 === digits[10];
}

/** NIR with its key; Corsica counts as 19 and 18. */
export function isNir(value: string): boolean {
  return (
    /^[1-478]\d\d(?:0[1-9]|1[0-2]|[2-9]\d)(?:\d\d|2[AB])\d{8}$/i.test(bare(value)) &&
    nirNumber.validate(bare(value).toUpperCase()).isValid
  );
}

export function isSiret(value: string): boolean {
  return /^\d{14}$/.test(bare(value)) && siretNumber.validate(bare(value)).isValid;
}

export function isSiren(value: string): boolean {
  return /^\d{9}$/.test(bare(value)) && sirenNumber.validate(bare(value)).isValid;
}

/** IBAN by ISO 13616: country and key moved to the end, letters as numbers, 1 modulo 97. */
export function isIban(value: string): boolean {
  const text = bare(value).toUpperCase();
  if (!/^[A-Z]{2}\d{2}[0-9A-Z]{11,30}$/.test(text)) return false;
  let rest = 0;
  for (const letter of text.slice(4) + text.slice(0, 4)) {
    const number = Number.parseInt(letter, 36);
    rest = (rest * (number > 9 ? 100 : 10) + number) % 97;
  }
  return rest === 1;
}

/** Without the spaces, dots and dashes that people put between groups. */
export function bare(value: string): string {
  return value.replace(/[\s\u00a0\u202f.-]/g, '');
}
