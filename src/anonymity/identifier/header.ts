import { isIban, isNir } from './check.ts';
import { isIneShaped, shapes } from './shape.ts';

/**
 * Whether a line that should hold names of columns holds data: then nothing of it may be shown. One cell that can
 * only be an identifier is enough; of plain numbers it takes most.
 */
export function looksLikeData(cells: readonly string[]): boolean {
  const telling = cells.some((cell) => {
    const value = cell.trim();
    if (isNir(value) || isIban(value) || (isIneShaped(value) && value.replace(/\D/g, '').length >= 4))
      return true;
    return (
      shapes.some(
        ({ kind, has, alone }) =>
          (kind === 'birth_date' || (alone === 'high' && kind !== 'address')) && has(value),
      ) || /^\d{1,4}\s?(bis|ter)?,? (rue|avenue|boulevard|place|chemin)\b/i.test(value)
    );
  });
  const numbers = cells.filter((cell) => /^[+-]?\d+([.,]\d+)?$/.test(cell.trim())).length;
  return telling || numbers * 2 > cells.length;
}
