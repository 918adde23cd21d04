import { Composer, type Document, Lexer, LineCounter, type ParsedNode, Parser } from 'yaml';
import { BercailError, type Position, type Problem } from '../error.ts';
import { printable } from './quote.ts';

/** Deeper than any file of ours; below what makes the composer, which is recursive, run out of stack. */
const maxDepth = 100;
/** About 200,000 values, two seconds. The library needs half a kilobyte for each lexeme. */
const maxLexemes = 1_000_000;
/** A broken file can hold a million errors; a person reads the first few. */
const maxProblems = 50;

export interface ParsedText {
  readonly root: ParsedNode;
  readonly positionAt: (offset: number) => Position;
}

/**
 * YAML 1.2 text (JSON included) to one document tree.
 * @throws BercailError `input`: every syntax error at once, or an empty, multiple or too deep document.
 */
export function parseText(text: string, file: string): ParsedText {
  const positionAt = locator(text, file);
  // Keys are compared in `toPlain`: the library's own comparison takes quadratic time.
  const composer = new Composer({
    version: '1.2',
    schema: 'core',
    uniqueKeys: false,
    strict: true,
    logLevel: 'silent',
  });
  const documents: Document.Parsed[] = [];
  for (const document of composer.compose(tokens(text, positionAt), true, text.length)) {
    documents.push(document);
    if (documents.length > 1 || document.errors.length > 0) break;
  }
  const [document, second] = documents;
  // Tags are told in `toPlain`, with everything else that is well-formed but refused.
  const warnings = document?.warnings.filter(({ code }) => code !== 'TAG_RESOLVE_FAILED') ?? [];
  const found = [...(document?.errors ?? []), ...warnings];
  if (found.length > 0) {
    throw new BercailError(
      'input',
      found.slice(0, maxProblems).map((error) => describe(error, positionAt(error.pos[0]))),
    );
  }
  if (second) {
    throw new BercailError('input', {
      message: 'the file holds several YAML documents',
      hint: 'keep one document a file, without "---" between parts',
      where: positionAt(second.range[0]),
    });
  }
  if (document && document.directives.yaml.version !== '1.2') {
    throw new BercailError('input', {
      message: 'only YAML 1.2 is read',
      hint: 'remove the %YAML line',
      where: positionAt(0),
    });
  }
  if (!document?.contents || isEmpty(document.contents)) {
    throw new BercailError('input', { message: 'the file is empty', where: positionAt(0) });
  }
  return { root: document.contents, positionAt };
}

function* tokens(text: string, positionAt: (offset: number) => Position) {
  const parser = new Parser();
  let lexemes = 0;
  let errors = 0;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) {
      yield token;
      // A file of ours has one directive at most.
      if (token.type === 'error' || token.type === 'directive') errors += 1;
    }
    // What follows is told once these are mended.
    if (errors >= maxProblems) return;
    lexemes += 1;
    if (lexemes > maxLexemes) {
      throw new BercailError('input', {
        message: 'the file holds too many values',
        hint: 'split it',
        where: positionAt(parser.offset),
      });
    }
    if (parser.stack.length > maxDepth) {
      const where = positionAt(parser.offset);
      throw new BercailError('input', {
        message: 'the file is nested too deep',
        hint: `at most ${maxDepth} levels`,
        where,
      });
    }
  }
  yield* parser.end();
}

function isEmpty(node: ParsedNode): boolean {
  return 'value' in node && node.value === null && (node.source ?? '') === '';
}

function locator(text: string, file: string): (offset: number) => Position {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) lines.addNewLine(end + 1);
  return (offset) => {
    const { line, col } = lines.linePos(Math.min(Math.max(offset, 0), text.length));
    return { file, line, column: col };
  };
}

function describe(error: { code: string; message: string }, where: Position): Problem {
  const message = printable(error.message.replace(/\s+/g, ' '), 160);
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return { message: 'a tab is used to indent', hint: 'indent with spaces', where };
    case 'BAD_ALIAS':
      return {
        message: 'this alias refers to no anchor',
        hint: 'an "*alias" needs an "&anchor" before it',
        where,
      };
    case 'MISSING_CHAR':
    case 'BAD_INDENT':
      return {
        message: `the YAML is broken: ${message}`,
        hint: 'check indentation, colons, brackets and quotes',
        where,
      };
    default:
      return { message: `the YAML is broken: ${message}`, where };
  }
}
