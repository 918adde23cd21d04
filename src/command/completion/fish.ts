import type { Place, Values } from './spec.ts';

/** A script to source, or a file of ~/.config/fish/completions. */
export function fishScript(places: readonly Place[]): string {
  const paths = places.filter(({ path }) => path !== '').map(({ path }) => quoted(path));
  const lines = places.flatMap((place) => {
    const here = `complete -c bercail -n ${quoted(`__bercail_at ${quoted(place.path)}`)}`;
    return [
      ...place.commands.map(({ name, meaning }) => `${here} -f -a ${name} -d ${quoted(meaning)}`),
      ...(place.commands.length > 0 ? [] : [`${here} ${valuesOf(place.values)}`]),
      ...place.flags.map(({ names, meaning, values }) => {
        const long = names.find((name) => name.startsWith('--'));
        const short = names.find((name) => !name.startsWith('--'));
        const words = [
          ...(long === undefined ? [] : [`-l ${long.slice(2)}`]),
          ...(short === undefined ? [] : [`-s ${short.slice(1)}`]),
          ...(values === null ? [] : [`-r ${valuesOf(values)}`]),
          ...(meaning === '' ? [] : [`-d ${quoted(meaning)}`]),
        ];
        return `${here} ${words.join(' ')}`;
      }),
    ];
  });
  return `# fish completion of bercail: bercail completion fish | source
function __bercail_at
    set -l at ''
    for word in (commandline -opc)[2..-1]
        set -l next (string trim -- "$at $word")
        contains -- "$next" ${paths.join(' ')}; and set at $next
    end
    test "$at" = "$argv[1]"
end
${lines.join('\n')}
`;
}

function valuesOf({ words, hasFiles }: Values): string {
  return [hasFiles ? '-F' : '-f', ...(words.length > 0 ? [`-a ${quoted(words.join(' '))}`] : [])].join(' ');
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, String.raw`\$&`)}'`;
}
