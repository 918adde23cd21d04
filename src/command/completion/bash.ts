import type { Place, Values } from './spec.ts';

/** A script for bash 3.2 and later, without bash-completion. */
export function bashScript(places: readonly Place[]): string {
  const paths = places.filter(({ path }) => path !== '').map(({ path }) => `"${path}"`);
  const valued = places.flatMap(({ path, flags }) =>
    flags.flatMap(({ names, values }) =>
      values === null
        ? []
        : [`    ${names.map((name) => `"${at(path)}${name}"`).join('|')}) ${reply(values)}; return;;`],
    ),
  );
  const flags = places.map(
    (place) => `      "${place.path}") words="${place.flags.flatMap(({ names }) => names).join(' ')}";;`,
  );
  const positions = places.map(({ path, commands, values }) =>
    commands.length > 0
      ? `    "${path}") _bercail_words "${commands.map(({ name }) => name).join(' ')}";;`
      : `    "${path}") ${reply(values)};;`,
  );
  return `# bash completion of bercail: eval "$(bercail completion bash)"
_bercail_words() {
  COMPREPLY+=($(compgen -W "$1" -- "$cur"))
}
_bercail_list() {
  local done="" rest="$cur"
  case "$cur" in *,*) done="\${cur%,*},"; rest="\${cur##*,}";; esac
  COMPREPLY+=($(compgen -P "$done" -W "$1" -- "$rest"))
}
_bercail_files() {
  local IFS=$'\\n'
  COMPREPLY+=($(compgen -f -- "$cur"))
  compopt -o filenames 2>/dev/null
}
_bercail() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="" at="" next="" words="" i
  COMPREPLY=()
  [ "$COMP_CWORD" -gt 0 ] && prev="\${COMP_WORDS[COMP_CWORD-1]}"
  # bash splits --lang=fr in three.
  if [ "$cur" = "=" ]; then cur=""
  elif [ "$prev" = "=" ] && [ "$COMP_CWORD" -gt 1 ]; then prev="\${COMP_WORDS[COMP_CWORD-2]}"; fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    next="\${at:+$at }\${COMP_WORDS[i]}"
    case "$next" in
      ${paths.join('|')}) at="$next";;
    esac
  done
  case "\${at:+$at }$prev" in
${valued.join('\n')}
  esac
  if [[ "$cur" == -* ]]; then
    case "$at" in
${flags.join('\n')}
    esac
    _bercail_words "$words"
    return
  fi
  case "$at" in
${positions.join('\n')}
  esac
}
complete -F _bercail bercail
`;
}

function at(path: string): string {
  return path === '' ? '' : `${path} `;
}

function reply({ words, hasFiles, isList }: Values): string {
  const listed =
    words.length > 0 ? [`${isList ? '_bercail_list' : '_bercail_words'} "${words.join(' ')}"`] : [];
  return [...listed, ...(hasFiles ? ['_bercail_files'] : [])].join('; ') || ':';
}
