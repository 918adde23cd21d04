import type { Fact, MissingFact } from '../inventory/fact.ts';
import type { Observation, SeenAsset, SeenRelation } from '../inventory/observation.ts';
import { createGate, type Gate } from './bounded.ts';
import { canonicalJson, sha256 } from './canonical.ts';
import type { CollectContext } from './collector.ts';
import { classifyFailure, headersOf } from './failure.ts';

/** A read of the provider: what it is called, who may make it, and which of its errors only mean « there is none ». */
export interface Call {
  readonly operation: string;
  readonly permission: string;
  readonly none?: readonly string[];
}

interface Asked {
  readonly call: Call;
  readonly at: string;
}

interface GivenAnswer<T> extends Asked {
  readonly state: 'ok';
  readonly response: T;
  readonly sha256: string;
}

/** The provider said, by an error made for it, that there is none. */
export interface NoneAnswer extends Asked {
  readonly state: 'none';
  readonly code: string;
  readonly sha256: string;
}

export interface FailedAnswer extends Asked {
  readonly state: MissingFact['state'];
  readonly code: string;
  /** Of the failed response: S3 gives a bucket's region even to those it refuses. */
  readonly headers: { readonly [name: string]: string };
}

export type Answer<T> = GivenAnswer<T> | NoneAnswer | FailedAnswer;

export type Ask = <T>(call: Call, send: (abortSignal: AbortSignal) => Promise<T>) => Promise<Answer<T>>;

/** Makes calls within a bound, counts them, and turns every failure into an answer: it never throws. */
export function createAsk(context: CollectContext, gate: Gate = createGate(context.concurrency)): Ask {
  return (call, send) =>
    gate(async () => {
      const { signal, clock, onCall, onEvent } = context;
      const tellRetries = (answered: unknown): void => {
        const times = retriesOf(answered);
        if (times > 0) onEvent?.({ kind: 'retried', operation: call.operation, times });
      };
      if (signal.aborted) return { call, at: clock(), state: 'not_collected', code: 'Aborted', headers: {} };
      onCall?.(call.operation);
      try {
        const response = await unlessAborted(send(signal), signal);
        tellRetries(response);
        return { call, at: clock(), state: 'ok', response, sha256: sha256(canonicalJson(response)) };
      } catch (error) {
        tellRetries(error);
        const { state, code } = signal.aborted
          ? { state: 'not_collected' as const, code: 'Aborted' }
          : classifyFailure(error);
        const at = clock();
        if (call.none?.includes(code)) {
          return { call, at, state: 'none', code, sha256: sha256(canonicalJson({ Code: code })) };
        }
        return { call, at, state, code, headers: headersOf(error) };
      }
    });
}

/** How often an SDK made the call again: it says so in its answers and in its errors. */
function retriesOf(answered: unknown): number {
  const { $metadata: metadata } = (answered ?? {}) as { readonly $metadata?: { readonly attempts?: number } };
  return Math.max(0, (metadata?.attempts ?? 1) - 1);
}

/** An SDK may sleep through an interruption, between two attempts; nobody waits for it. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(new Error('interrupted'));
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

export function isFailed<T>(answer: Answer<T>): answer is FailedAnswer {
  return answer.state !== 'ok' && answer.state !== 'none';
}

/** A given answer that says nothing, or cannot be understood, is no answer. */
export function failAnswer<T>(answer: Answer<T>, state: MissingFact['state'], code: string): FailedAnswer {
  return { call: answer.call, at: answer.at, state, code, headers: {} };
}

/** The fact that a failed call should have given. Only a refusal names a permission: none would help elsewhere. */
export function missingFact({ state, code, call }: FailedAnswer, note?: string): MissingFact {
  return {
    state,
    ...(state === 'denied' ? { permission: call.permission } : {}),
    note: note ?? `${call.operation}: ${code}`,
  };
}

export interface Statement {
  readonly facts?: { readonly [name: string]: Fact };
  readonly relations?: readonly SeenRelation[];
  readonly asset?: SeenAsset;
  readonly about?: Observation['about'];
}

export interface Scene {
  readonly source: string;
  readonly scope: string;
  readonly subject: string;
}

/** The observation of one call, with what was read from it. */
export function observe<T>(
  scene: Scene,
  answer: Answer<T>,
  { facts, relations, asset, about }: Statement,
): Observation {
  const { call, at } = answer;
  return {
    source: scene.source,
    scope: scene.scope,
    operation: call.operation,
    subject: scene.subject,
    at,
    sha256: isFailed(answer) ? null : answer.sha256,
    outcome: isFailed(answer) ? answer.state : 'ok',
    // Only a refusal names a permission: it would not mend what failed, or what nobody asked for.
    ...(answer.state === 'denied' ? { permission: call.permission } : {}),
    ...(answer.state === 'ok' ? {} : { code: answer.code }),
    ...(asset === undefined ? {} : { asset }),
    ...(facts === undefined || Object.keys(facts).length === 0 ? {} : { facts }),
    ...(relations === undefined || relations.length === 0 ? {} : { relations }),
    ...(about === undefined ? {} : { about }),
  };
}
