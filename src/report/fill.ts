export type MessageValues = { readonly [name: string]: string | number };

/** Most texts have only `{name}` of strings in them: those need no parser, and start faster. `null`: this one does. */
export function fill(text: string, values: MessageValues): string | null {
  if (!text.includes('{')) return text.includes("'") ? null : text;
  if (text.includes("'") || (text.includes(', ') && /\{\w+,/.test(text))) return null;
  let plain = true;
  const filled = text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (typeof value === 'string') return value;
    plain = false;
    return '';
  });
  return plain ? filled : null;
}
