import type { MissingFact } from '../inventory/fact.ts';

/** 403 is also how a provider answers bad credentials or a wrong clock: no permission would mend those. */
const NOT_A_REFUSAL = new Set([
  'InvalidAccessKeyId',
  'SignatureDoesNotMatch',
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidClientTokenId',
  'RequestTimeTooSkewed',
  'RequestExpired',
  'InvalidToken',
  'UnrecognizedClientException',
  'AccountProblem',
  'InvalidAuthenticationToken',
  'InvalidAuthenticationTokenTenant',
  'ExpiredAuthenticationToken',
  'AuthenticationFailed',
]);
const REFUSALS = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'AllAccessDisabled',
  'UnauthorizedOperation',
  'UnauthorizedAccess',
]);
const NOT_IMPLEMENTED = new Set([
  'NotImplemented',
  'MethodNotAllowed',
  'UnsupportedOperation',
  'XNotImplemented',
  // Bercail's own: a 200 with nothing in it, or with something else than what was asked.
  'EmptyAnswer',
  'UnexpectedAnswer',
]);
/** Names that an SDK gives to errors for which the service gave none. */
const NO_CODE = new Set(['Error', 'TypeError', 'AggregateError', 'Unknown', 'UnknownError']);

/** What a failed call makes of a fact, and the provider's code; its message is left out, for it quotes names and keys. */
export function classifyFailure(error: unknown): {
  readonly state: MissingFact['state'];
  readonly code: string;
} {
  const status = statusOf(error);
  const name = codeOf(error);
  const code = name ?? (status === null ? 'UnknownError' : `HTTP ${status}`);
  if (NOT_IMPLEMENTED.has(code) || status === 501 || status === 405) return { state: 'not_collected', code };
  if (REFUSALS.has(code)) return { state: 'denied', code };
  if ((status === 403 || status === 401) && !NOT_A_REFUSAL.has(code)) return { state: 'denied', code };
  return { state: 'error', code };
}

/** Headers of a failed response, lower case; empty where the call never got one. */
export function headersOf(error: unknown): { readonly [name: string]: string } {
  const response = field(error, '$response');
  const headers = field(response, 'headers');
  if (typeof headers !== 'object' || headers === null) return {};
  const texts = Object.entries(headers).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name.toLowerCase(), value] as const] : [],
  );
  return Object.fromEntries(texts);
}

function statusOf(error: unknown): number | null {
  const status = field(field(error, '$metadata'), 'httpStatusCode') ?? field(error, 'statusCode');
  return typeof status === 'number' ? status : null;
}

/** An SDK names an error after the service's code, and by a word of its own when the answer had no body. */
function codeOf(error: unknown): string | null {
  const system = field(error, 'code');
  const name = field(error, 'name');
  if (typeof system === 'string' && /^[A-Z][A-Z_0-9]+$/.test(system)) return system;
  if (typeof name !== 'string' || NO_CODE.has(name) || /^\d+$/.test(name)) return null;
  return name;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && name in value ? Reflect.get(value, name) : undefined;
}
