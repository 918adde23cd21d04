import { type Type as SpecType, Type_PrimitiveType } from '@bufbuild/cel-spec/cel/expr/checked_pb.js';
import type { Value as SpecValue } from '@bufbuild/cel-spec/cel/expr/value_pb.js';
import { getConformanceSuite, type IncrementalTestSuite } from '@bufbuild/cel-spec/testdata/tests.js';

/** One public conformance case, in our terms; `outside` says why it is not in the subset. */
export interface Case {
  readonly name: string;
  readonly source: string;
  readonly variables: { readonly [name: string]: string };
  readonly scope: { readonly [name: string]: unknown };
  readonly expected: { readonly value: unknown } | 'error';
  /** The case is meant to run without a static check, which we always do. */
  readonly unchecked: boolean;
}

export interface Suite {
  readonly cases: readonly Case[];
  readonly outside: ReadonlyMap<string, number>;
}

const suites: readonly (readonly [RegExp, string])[] = [
  [
    /^(proto2|proto3|proto2_ext|dynamic|wrappers|enums|type_deductions\/(field_access|wrappers|legacy))/,
    'protobuf messages',
  ],
  [/^timestamps/, 'timestamps and durations'],
  [/^optionals/, 'optional values'],
  [/^namespace/, 'containers and dotted variable names'],
  [/^(bindings_ext|block_ext|encoders_ext|macros2|math_ext|network_ext)/, 'extension libraries'],
  [/^string_ext\/(?!ascii_casing|trim|join)/, 'extension libraries'],
];

const features: readonly (readonly [RegExp, string])[] = [
  [/TestAllTypes|google\.protobuf|NestedEnum|GlobalEnum/, 'protobuf messages'],
  [/\btimestamp\(|\bduration\(/, 'timestamps and durations'],
  [/\b[bB][rR]?["']|\b[rR][bB]["']|\bbytes\(|\bbytes\b/, 'bytes'],
  [/\b(0x[0-9a-fA-F]+|\d+)[uU]\b|\buint\b/, 'unsigned integers'],
  [/\btype\(|^(bool|int|double|string|list|map|type|null_type|uint)$/, 'types as values'],
  [/optional\.|\.\?|\[\?/, 'optional values'],
  [/`/, 'names in back quotes'],
  [/(^|[^\w\])])\.\d/, 'numbers that begin with a point'],
  [/(^|[\s(!,&|=<>+\-*/%?:[{])\.[a-zA-Z_]/, 'containers and dotted variable names'],
];

/** Reads every case of the public suite and sorts it in or out of the subset, never looking at our answer. */
export function readSuite(): Suite {
  const cases: Case[] = [];
  const outside = new Map<string, number>();
  const put = (reason: string): void => void outside.set(reason, (outside.get(reason) ?? 0) + 1);
  for (const { path, test } of walk(getConformanceSuite(), '')) {
    const { expr, typeEnv, bindings, resultMatcher, disableCheck, container } = test.original;
    const reason =
      suites.find(([pattern]) => pattern.test(path))?.[1] ??
      features.find(([pattern]) => pattern.test(expr))?.[1];
    if (reason) {
      put(reason);
      continue;
    }
    try {
      const scope: Record<string, unknown> = {};
      const variables: Record<string, string> = {};
      for (const { name, declKind } of typeEnv) {
        if (declKind.case !== 'ident') throw new Outside('functions of the host');
        if (name.includes('.') || container !== '') throw new Outside('containers and dotted variable names');
        variables[name] = readType(declKind.value.type);
      }
      for (const [name, { kind }] of Object.entries(bindings)) {
        if (name.includes('.') || kind.case !== 'value')
          throw new Outside('containers and dotted variable names');
        scope[name] = readValue(kind.value);
        variables[name] ??= 'dyn';
      }
      cases.push({
        name: `${path}/${test.name}`,
        source: expr,
        variables,
        scope,
        expected: readExpected(resultMatcher),
        unchecked: disableCheck,
      });
    } catch (error) {
      if (!(error instanceof Outside)) throw error;
      put(error.message);
    }
  }
  return { cases, outside };
}

class Outside extends Error {}

function walk(
  suite: IncrementalTestSuite,
  path: string,
): { path: string; test: IncrementalTestSuite['tests'][number] }[] {
  const within = suite.suites.flatMap((child) =>
    walk(child, path === '' ? child.name : `${path}/${child.name}`),
  );
  return [...suite.tests.map((test) => ({ path, test })), ...within];
}

function readExpected(
  matcher: IncrementalTestSuite['tests'][number]['original']['resultMatcher'],
): Case['expected'] {
  switch (matcher.case) {
    case undefined:
      return { value: true };
    case 'value':
      return { value: readValue(matcher.value) };
    case 'evalError':
      return 'error';
    case 'typedResult':
      if (!matcher.value.result) throw new Outside('deduced types alone');
      return { value: readValue(matcher.value.result) };
    default:
      throw new Outside(matcher.case);
  }
}

function readValue({ kind }: SpecValue): unknown {
  switch (kind.case) {
    case 'nullValue':
      return null;
    case 'boolValue':
    case 'stringValue':
    case 'doubleValue':
    case 'int64Value':
      return kind.value;
    case 'listValue':
      return kind.value.values.map(readValue);
    case 'mapValue':
      return new Map(
        kind.value.entries.map(({ key, value }) => [key && readValue(key), value && readValue(value)]),
      );
    case 'bytesValue':
      throw new Outside('bytes');
    case 'uint64Value':
      throw new Outside('unsigned integers');
    case 'typeValue':
      throw new Outside('types as values');
    default:
      throw new Outside('protobuf messages');
  }
}

const primitives: ReadonlyMap<Type_PrimitiveType, string> = new Map([
  [Type_PrimitiveType.BOOL, 'bool'],
  [Type_PrimitiveType.INT64, 'int'],
  [Type_PrimitiveType.DOUBLE, 'double'],
  [Type_PrimitiveType.STRING, 'string'],
]);

function readType(type: SpecType | undefined): string {
  const kind = type?.typeKind;
  if (kind?.case === 'dyn') return 'dyn';
  if (kind?.case === 'null') return 'null';
  if (kind?.case === 'listType') return `list<${readType(kind.value.elemType)}>`;
  if (kind?.case === 'mapType') return `map<${readType(kind.value.valueType)}>`;
  if (kind?.case === 'primitive') {
    const name = primitives.get(kind.value);
    if (name) return name;
    throw new Outside(kind.value === Type_PrimitiveType.UINT64 ? 'unsigned integers' : 'bytes');
  }
  throw new Outside(kind?.case === 'wellKnown' ? 'timestamps and durations' : 'protobuf messages');
}
