/** Where a key leads in a list: vi's letters and arrows; null for a key that leads nowhere. */
export function moved(
  from: number,
  key: string,
  { last, page }: { readonly last: number; readonly page: number },
): number | null {
  const to = target(from, key, last, page);
  return to === null ? null : Math.max(0, Math.min(to, last));
}

function target(from: number, key: string, last: number, page: number): number | null {
  switch (key) {
    case 'j':
    case '<down>':
      return from + 1;
    case 'k':
    case '<up>':
      return from - 1;
    case 'g':
    case '<home>':
      return 0;
    case 'G':
    case '<end>':
      return last;
    case '<page-down>':
    case '<ctrl-f>':
      return from + page;
    case '<page-up>':
    case '<ctrl-b>':
      return from - page;
    case '<ctrl-d>':
      return from + Math.ceil(page / 2);
    case '<ctrl-u>':
      return from - Math.ceil(page / 2);
    default:
      return null;
  }
}
