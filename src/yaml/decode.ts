import { BercailError, type Problem } from '../error.ts';

/** Larger than any manifest, policy or rule that a person writes; a plan or a state is not read here. */
const defaultMaxBytes = 10_000_000;

const controlCharacter = /[^\P{Cc}\t\n\r\u0085]/u;

/**
 * Bytes or text of a file to text without its byte order mark.
 * @throws BercailError `input` when it is too large, not UTF-8, or not text.
 */
export function decodeText(content: string | Uint8Array, file: string, maxBytes = defaultMaxBytes): string {
  const size = typeof content === 'string' ? content.length : content.byteLength;
  if (size >= maxBytes) {
    throw refusal(file, {
      message: `the file is too large: ${megabytes(size)}`,
      hint: `the limit is ${megabytes(maxBytes)}`,
    });
  }
  const text = (typeof content === 'string' ? content : decodeBytes(content, file)).replace(/^\uFEFF/, '');
  const control = controlCharacter.exec(text);
  if (control) {
    const where = positionAt(text, control.index, file);
    throw refusal(file, {
      message: 'this is not a text file: it contains control characters',
      hint: 'expected YAML or JSON, saved as UTF-8',
      where,
    });
  }
  return text;
}

function decodeBytes(bytes: Uint8Array, file: string): string {
  const [first, second] = bytes;
  const marked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  // ASCII text in UTF-16 has a zero in every other byte, whether or not it is marked.
  const unmarked = bytes.length > 1 && (first === 0) !== (second === 0);
  if (marked || unmarked) {
    throw refusal(file, { message: 'the file is saved as UTF-16', hint: 'save it again as UTF-8' });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    const lossy = new TextDecoder('utf-8').decode(bytes);
    const where = positionAt(lossy, lossy.indexOf('\uFFFD'), file);
    throw new BercailError(
      'input',
      { message: 'the file is not valid UTF-8', hint: 'save it again as UTF-8', where },
      { cause },
    );
  }
}

function positionAt(text: string, offset: number, file: string) {
  const before = text.slice(0, Math.max(offset, 0));
  const line = before.split('\n').length;
  return { file, line, column: before.length - before.lastIndexOf('\n') };
}

function refusal(file: string, problem: Problem): BercailError {
  return new BercailError('input', { where: { file, line: 1, column: 1 }, ...problem });
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1).replace(/\.0$/, '')} MB`;
}
