import type { Flag, Place, Values } from './spec.ts';

/** A script to source, or a file `_bercail` of the function path. */
export function zshScript(places: readonly Place[]): string {
  const paths = places.filter(({ path }) => path !== '').map(({ path }) => `'${path}'`);
  const valued = places.flatMap(({ path, flags }) =>
    flags.flatMap(({ names, values }) =>
      values === null
        ? []
        : [
            `    ${names.map((name) => `'${path === '' ? '' : `${path} `}${name}'`).join('|')}) ${reply(values)}; return ;;`,
          ],
    ),
  );
  const flags = places.map(
    (place) => `      '${place.path}') found=(${place.flags.flatMap(described).join(' ')}) ;;`,
  );
  const positions = places.map(({ path, commands, values }) =>
    commands.length > 0
      ? `    '${path}') found=(${commands.map(({ name, meaning }) => item(name, meaning)).join(' ')}); _describe -t commands command found ;;`
      : `    '${path}') ${reply(values)} ;;`,
  );
  return `#compdef bercail
# zsh completion of bercail: source <(bercail completion zsh)
_bercail() {
  local -a found
  local at='' next='' i
  for ((i = 2; i < CURRENT; i++)); do
    next="\${at:+$at }\${words[i]}"
    case "$next" in
      ${paths.join('|')}) at="$next" ;;
    esac
  done
  case "\${at:+$at }\${words[CURRENT-1]}" in
${valued.join('\n')}
  esac
  if [[ "\${words[CURRENT]}" == -* ]]; then
    case "$at" in
${flags.join('\n')}
    esac
    _describe -t options option found
    return
  fi
  case "$at" in
${positions.join('\n')}
  esac
}
# Loaded from the function path, zsh calls the file; sourced, it is told which command it is for.
if [[ "$funcstack[1]" == _bercail ]]; then
  _bercail "$@"
elif (( $+functions[compdef] )); then
  compdef _bercail bercail
fi
`;
}

function described({ names, meaning }: Flag): readonly string[] {
  return names.map((name) => item(name, meaning));
}

function item(name: string, meaning: string): string {
  return `'${`${name}:${meaning}`.replaceAll("'", "'\\''")}'`;
}

function reply({ words, hasFiles, isList }: Values): string {
  const listed = words.length > 0 ? `${isList ? "compset -P '*,'; " : ''}compadd -- ${words.join(' ')}` : '';
  return [listed, hasFiles ? '_files' : ''].filter(Boolean).join('; ') || ':';
}
