import type { Span, Style } from './span.ts';

/** Select Graphic Rendition codes: on, off. Colours are the terminal's own sixteen, so that its theme holds. */
const codes: { readonly [style in Style]: readonly [string, string] } = {
  bold: ['1', '22'],
  dim: ['2', '22'],
  critical: ['1;35', '22;39'],
  high: ['1;31', '22;39'],
  medium: ['33', '39'],
  low: ['36', '39'],
  info: ['2', '22'],
  good: ['1;32', '22;39'],
  bad: ['1;31', '22;39'],
  open: ['33', '39'],
  cursor: ['7', '27'],
};

/** Writes one run with its colour and its link; plain where there are none. */
export type Paint = (span: Span) => string;

export function createPaint(color: boolean, hyperlinks: boolean): Paint {
  return ({ text, style, href, file }) => {
    const address = file ?? href;
    const linked = hyperlinks && address ? link(text, address, file ? ['file:'] : ['https:', 'http:']) : text;
    if (!color || style === undefined) return linked;
    const [on, off] = codes[style];
    return `\u001b[${on}m${linked}\u001b[${off}m`;
  };
}

/** An OSC 8 link, in ASCII: nothing in it can end the sequence. Other addresses than those expected are no link. */
function link(text: string, address: string, protocols: readonly string[]): string {
  const url = URL.canParse(address) ? new URL(address) : null;
  const isSafe = url !== null && protocols.includes(url.protocol) && /^[\x21-\x7e]+$/.test(url.href);
  return isSafe ? `\u001b]8;;${url.href}\u001b\\${text}\u001b]8;;\u001b\\` : text;
}
