type Fields = { [name: string]: unknown };

/**
 * Texts and facts of parsed lines, each kept once: of an estate's million lines, most say what others have said, and
 * each line is parsed to texts of its own. What comes in is changed in place; it reads the same.
 */
export function createIntern(): (line: unknown) => void {
  const texts = new Map<string, string>();
  const facts = new Map<string, unknown>();
  const text = (value: string): string => {
    const known = texts.get(value) ?? value;
    texts.set(known, known);
    return known;
  };
  const shareTexts = (fields: Fields): void => {
    for (const [name, value] of Object.entries(fields))
      if (typeof value === 'string') fields[name] = text(value);
  };
  const fact = (value: unknown): unknown => {
    const key = isFields(value) && 'state' in value && isPlain(value['value']) ? JSON.stringify(value) : null;
    if (key === null) return value;
    const known = facts.get(key) ?? value;
    facts.set(key, known);
    return known;
  };
  return (line) => {
    if (!isFields(line)) return;
    shareTexts(line);
    if (isFields(line['asset'])) shareTexts(line['asset']);
    const said = line['facts'];
    if (isFields(said)) for (const [name, value] of Object.entries(said)) said[name] = fact(value);
  };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPlain(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}
