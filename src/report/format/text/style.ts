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
  return ({ text, style, href }) => {
    const linked = hyperlinks && href ? link(text, href) : text;
    if (!color || style === undefined) return linked;
    const [on, off] = codes[style];
    return `\u001b[${on}m${linked}\u001b[${off}m`;
  };
}

/** An OSC 8 link. Only addresses that a browser opens, in ASCII: nothing in them can end the sequence. */
function link(text: string, href: string): string {
  const url = URL.canParse(href) ? new URL(href) : null;
  const isSafe =
    url !== null &&
    (url.protocol === 'https:' || url.protocol === 'http:') &&
    /^[\x21-\x7e]+$/.test(url.href);
  return isSafe ? `\u001b]8;;${url.href}\u001b\\${text}\u001b]8;;\u001b\\` : text;
}
