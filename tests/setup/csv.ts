/** Rows of a small CSV file by the names of its first line. Quoted cells may hold commas. */
export function readTable(text: string): readonly { readonly [column: string]: string }[] {
  const [head = [], ...rows] = text
    .trim()
    .split('\n')
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
        ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
      ),
    );
  return rows.map((cells) => Object.fromEntries(head.map((name, index) => [name, cells[index] ?? ''])));
}
