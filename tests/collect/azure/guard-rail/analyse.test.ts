import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { GuardRail } from '../../../../src/collect/azure/guard-rail/analyse.ts';
import { analyseGuardRail } from '../../../../src/collect/azure/guard-rail/analyse.ts';
import type { AssignedPolicy } from '../../../../src/collect/azure/guard-rail/policy.ts';
import {
  assignInitiative,
  assignPolicy,
  exemptionOf,
} from '../../../../src/collect/azure/guard-rail/policy.ts';
import { textAt } from '../../../../src/collect/azure/read/json.ts';
import type { Json, Tree } from '../../../../src/inventory/fact.ts';
import { allowedLocations, assignment, onlyIn } from '../../../setup/azure-tenant.ts';

const sub = '22222222-0000-4000-8000-000000000001';
const own = `/subscriptions/${sub}`;
const above = '/providers/Microsoft.Management/managementGroups/academie';
const regions = ['eastus', 'francecentral', 'francesouth', 'westeurope'];
const builtIn = '/providers/Microsoft.Authorization/policyDefinitions/e56962a6-4747-49cd-b67b-bf8b01975c4c';

function analyse(
  policies: readonly AssignedPolicy[],
  exemptions: readonly Tree[] = [],
  more: object = {},
): GuardRail {
  return analyseGuardRail({
    subscription: sub,
    regions,
    policies,
    exemptions: exemptions.map(exemptionOf),
    now: '2026-11-26T10:00:00Z',
    above: null,
    ...more,
  });
}

const france = onlyIn('francecentral', 'France South');
const assigned = (more: Tree = {}, scope = above): AssignedPolicy =>
  assignPolicy(assignment(scope, 'france', builtIn, { ...france, ...more }), allowedLocations);

/** A definition of one's own. */
function custom(condition: Json, effect: Json = 'deny', more: Tree = {}): Tree {
  const [when, what] = [JSON.stringify(condition), JSON.stringify(effect)];
  const policyRule = JSON.parse(`{"if": ${when}, "then": {"effect": ${what}}}`) as Tree;
  return { id: 'x', properties: { mode: 'All', policyRule, ...more } };
}
const byCustom = (condition: Json, effect?: Json, more?: Tree, of: Tree = {}): AssignedPolicy =>
  assignPolicy(assignment(above, 'own', 'x', of), custom(condition, effect, more));

describe('the built-in « Allowed locations »', () => {
  test('closes what it does not name, and leaves open what it always leaves open', () => {
    expect(analyse([assigned()])).toEqual({
      effective: true,
      allowed_regions: ['francecentral', 'francesouth'],
      statements: [`${above}/providers/Microsoft.Authorization/policyAssignments/france`],
      exemptions: [],
      gaps: [
        'location global',
        'resource groups in other regions',
        'resources without location or tags (mode Indexed)',
        'type Microsoft.AzureActiveDirectory/b2cDirectories',
      ],
    });
  });

  const open: readonly (readonly [string, AssignedPolicy, string])[] = [
    [
      'assigned with DoNotEnforce',
      assigned({ enforcementMode: 'DoNotEnforce' }),
      'france: is not enforced (enforcementMode)',
    ],
    [
      'assigned for enrolment only',
      assigned({ enforcementMode: 'Enroll' }),
      'france: is not enforced (enforcementMode)',
    ],
    [
      'assigned to one group',
      assigned({}, `${own}/resourceGroups/rg`),
      `france: binds only ${own}/resourcegroups/rg`,
    ],
    [
      'that leaves the subscription out',
      assigned({ notScopes: [own.toUpperCase()] }),
      'france: leaves this subscription out (notScopes)',
    ],
    [
      'whose effect an assignment overrides',
      assigned({ overrides: [{ kind: 'policyEffect', value: 'audit' }] }),
      'france: effect audit, prevents nothing',
    ],
    [
      'that looks only at some locations',
      assigned({ resourceSelectors: [{ selectors: [{ kind: 'resourceLocation', in: ['francecentral'] }] }] }),
      'france: binds only some of what may be made',
    ],
    [
      'that looks only at some types',
      assigned({
        resourceSelectors: [
          { selectors: [{ kind: 'resourceType', in: ['Microsoft.Storage/storageAccounts'] }] },
        ],
      }),
      'france: binds only some of what may be made',
    ],
    ['whose list nobody gave', assigned({ parameters: {} }), 'france: binds only some of what may be made'],
  ];
  test.each(open)('%s closes nothing, and says why', (_, policy, gap) => {
    const rail = analyse([policy]);
    expect(rail.effective).toBe(false);
    expect(rail.allowed_regions).toEqual(regions);
    expect(rail.gaps).toEqual([gap]);
  });

  test('a group that it leaves out is an exemption; another subscription is none', () => {
    const rail = analyse([assigned({ notScopes: [`${own}/resourceGroups/RG`, '/subscriptions/other'] })]);
    expect(rail.effective).toBe(true);
    expect(rail.exemptions).toEqual([`notScopes ${own}/resourcegroups/rg`]);
  });

  test('a management group above that it leaves out leaves the subscription out', () => {
    const group = '/providers/microsoft.management/managementgroups/bac-a-sable';
    const policy = assigned({ notScopes: [group] });
    expect(analyse([policy], [], { above: [group] }).effective).toBe(false);
    expect(
      analyse([policy], [], { above: ['/providers/microsoft.management/managementgroups/other'] }).effective,
    ).toBe(true);
  });

  test('selected by location, it closes those that it looks at', () => {
    const selects = [{ selectors: [{ kind: 'resourceLocation', notIn: ['westeurope'] }] }];
    expect(analyse([assigned({ resourceSelectors: selects })]).allowed_regions).toEqual([
      'francecentral',
      'francesouth',
      'westeurope',
    ]);
  });

  test('assigned in the subscription, its owners may remove it', () => {
    expect(analyse([assigned({}, own)]).gaps).toContain(
      'france: assigned in the subscription, whose owners may remove it',
    );
  });

  test('where the regions are not known, nobody can say which stay open', () => {
    expect(analyse([assigned()], [], { regions: [] })).toMatchObject({
      effective: true,
      allowed_regions: null,
    });
  });
});

describe('exemptions', () => {
  const exemption = (scope: string, more: Tree = {}): Tree => ({
    id: `${scope}/providers/Microsoft.Authorization/policyExemptions/recherche`,
    properties: {
      policyAssignmentId: `${above}/providers/Microsoft.Authorization/policyAssignments/FRANCE`,
      exemptionCategory: 'Waiver',
      ...more,
    },
  });

  test('of the subscription: nothing is closed', () => {
    const rail = analyse([assigned()], [exemption(own)]);
    expect(rail.effective).toBe(false);
    expect(rail.gaps).toEqual(['france: does not bind it (exemption recherche)']);
  });

  test.each([
    ['that ended', { expiresOn: '2026-01-01T00:00:00Z' }, []],
    ['of another assignment', { policyAssignmentId: '/x' }, []],
    ['of a part of an initiative', { policyDefinitionReferenceIds: ['other'] }, []],
    [
      'of some resources',
      { resourceSelectors: [{ selectors: [] }] },
      [`exemption ${own}/providers/Microsoft.Authorization/policyExemptions/recherche`],
    ],
  ])('one %s keeps it closed', (_, more, exemptions) => {
    const rail = analyse([assigned()], [exemption(own, more)]);
    expect(rail.effective).toBe(true);
    expect(rail.exemptions).toEqual(exemptions);
  });

  test('one whose end nobody can read is in force', () => {
    expect(analyse([assigned()], [exemption(own, { expiresOn: 'soon' })]).effective).toBe(false);
  });

  test('of a group are listed, unless another policy without exemptions closes the same', () => {
    const one = exemption(`${own}/resourceGroups/rg`);
    expect(analyse([assigned()], [one]).exemptions.length).toBe(1);
    const sealed = byCustom({ field: 'location', notIn: ['francecentral', 'francesouth'] });
    expect(analyse([assigned(), sealed], [one]).exemptions).toEqual([]);
  });
});

describe('a definition of one’s own', () => {
  const notFrance = { field: 'location', notIn: ['francecentral', 'francesouth'] };
  const closing: readonly (readonly [string, Json, readonly string[]])[] = [
    ['notIn', notFrance, ['francecentral', 'francesouth']],
    ['not in', { not: { field: 'location', in: ['francecentral'] } }, ['francecentral']],
    ['notLike', { field: 'location', notLike: 'france*' }, ['francecentral', 'francesouth']],
    ['equals', { field: 'location', equals: 'East US' }, ['francecentral', 'francesouth', 'westeurope']],
    [
      'anyOf',
      {
        anyOf: [
          { field: 'location', equals: 'eastus' },
          { field: 'location', like: 'west*' },
        ],
      },
      ['francecentral', 'francesouth'],
    ],
    [
      'allOf',
      { allOf: [notFrance, { field: 'location', notEquals: 'westeurope' }] },
      ['francecentral', 'francesouth', 'westeurope'],
    ],
    [
      'anyOf with another test',
      { anyOf: [notFrance, { field: 'tags.x', exists: false }] },
      ['francecentral', 'francesouth'],
    ],
    ['not allOf', { not: { allOf: [notFrance, { field: 'name', like: 'x' }] } }, ['eastus', 'westeurope']],
    [
      'a list of types refused everywhere besides',
      { anyOf: [notFrance, { field: 'type', notIn: ['Microsoft.Storage/storageAccounts'] }] },
      ['francecentral', 'francesouth'],
    ],
  ];
  test.each(closing)('that denies by %s', (_, condition, left) => {
    expect(analyse([byCustom(condition)]).allowed_regions).toEqual(left);
  });

  const open: readonly (readonly [string, Json])[] = [
    ['allowed types, wherever they are', { field: 'type', notIn: ['Microsoft.Storage/storageAccounts'] }],
    [
      'one type in other regions',
      { allOf: [notFrance, { field: 'type', equals: 'Microsoft.Storage/storageAccounts' }] },
    ],
    ['what has a tag, in other regions', { allOf: [notFrance, { field: 'tags.env', equals: 'prod' }] }],
    ['what an expression says', { value: "[field('location')]", notIn: ['francecentral'] }],
    ['a list that an expression makes', { field: 'location', notIn: "[split(parameters('x'), ',')]" }],
    ['nothing at all', {}],
  ];
  test.each(open)('that denies %s closes no region', (_, condition) => {
    const rail = analyse([byCustom(condition)]);
    expect(rail.effective).toBe(false);
    expect(rail.allowed_regions).toEqual(regions);
  });

  test.each([['audit'], ['Audit'], ['disabled'], ['deployIfNotExists'], ["[parameters('effect')]"], [null]])(
    'with effect %j prevents nothing',
    (effect) => {
      expect(analyse([byCustom(notFrance, effect)]).effective).toBe(false);
    },
  );

  test('with the effect as a parameter: what is assigned counts, then what is there by default', () => {
    const more = { parameters: { effect: { defaultValue: 'Audit' } } };
    const effect = "[parameters('Effect')]";
    expect(analyse([byCustom(notFrance, effect, more)]).effective).toBe(false);
    const deny = { parameters: { effect: { value: 'Deny' } } };
    expect(analyse([byCustom(notFrance, effect, more, deny)]).effective).toBe(true);
  });

  test('for resource groups closes that gap of the built-in one', () => {
    const groups = byCustom({
      allOf: [{ field: 'type', equals: 'Microsoft.Resources/subscriptions/resourceGroups' }, notFrance],
    });
    expect(analyse([assigned(), groups]).gaps).not.toContain('resource groups in other regions');
    expect(analyse([groups]).effective).toBe(false);
  });

  test('of a mode of its own (Kubernetes) closes nothing', () => {
    expect(analyse([byCustom(notFrance, 'deny', { mode: 'Microsoft.Kubernetes.Data' })]).effective).toBe(
      false,
    );
  });
});

describe('an initiative', () => {
  const initiative: Tree = {
    id: '/providers/Microsoft.Authorization/policySetDefinitions/souverain',
    properties: {
      parameters: { places: { defaultValue: ['francecentral'] } },
      policyDefinitions: [
        {
          policyDefinitionId: builtIn,
          policyDefinitionReferenceId: 'lieux',
          parameters: { listOfAllowedLocations: { value: "[parameters('places')]" } },
        },
      ],
    },
  };
  const of = (more: Tree = {}): readonly AssignedPolicy[] =>
    assignInitiative(
      assignment(above, 'souverain', 'x', more),
      initiative,
      new Map([[builtIn.toLowerCase(), allowedLocations]]),
    );

  test('hands its parameters on', () => {
    expect(analyse(of()).allowed_regions).toEqual(['francecentral']);
    expect(analyse(of({ parameters: { places: { value: ['westeurope'] } } })).allowed_regions).toEqual([
      'westeurope',
    ]);
  });

  test('of which one part is exempted, or overridden', () => {
    const exemption = {
      id: `${own}/providers/Microsoft.Authorization/policyExemptions/e`,
      properties: {
        policyAssignmentId: `${above}/providers/Microsoft.Authorization/policyAssignments/souverain`,
        policyDefinitionReferenceIds: ['LIEUX'],
      },
    };
    expect(analyse(of(), [exemption]).effective).toBe(false);
    const override = (list: readonly string[]): Tree => ({
      overrides: [
        {
          kind: 'policyEffect',
          value: 'audit',
          selectors: [{ kind: 'policyDefinitionReferenceId', in: list }],
        },
      ],
    });
    expect(analyse(of(override(['lieux']))).effective).toBe(false);
    expect(analyse(of(override(['autre']))).effective).toBe(true);
  });
});

describe('whatever is assigned', () => {
  const leaf = fc.oneof(
    fc.record({ field: fc.constant('location'), notIn: fc.subarray(regions) }),
    fc.record({ field: fc.constant('location'), in: fc.subarray(regions) }),
    fc.record({ field: fc.constant('type'), notIn: fc.subarray(['a/b', 'c/d']) }),
    fc.record({ field: fc.constant('type'), equals: fc.constantFrom('a/b', 'c/d') }),
    fc.record({ field: fc.constant('name'), like: fc.constant('x*') }),
  );
  const condition = fc.letrec<{ node: Json }>((tie) => ({
    node: fc.oneof(
      { depthSize: 'small' },
      leaf,
      fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map((allOf) => ({ allOf })),
      fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf })),
      tie('node').map((not) => ({ not })),
    ),
  })).node;

  /** What Azure would do to one thing: the plain reading of a condition. */
  function denies(one: Json, made: { readonly [field: string]: string }): boolean {
    const tree = one as { readonly [key: string]: Json };
    if (Array.isArray(tree['allOf'])) return tree['allOf'].every((part) => denies(part as Json, made));
    if (Array.isArray(tree['anyOf'])) return tree['anyOf'].some((part) => denies(part as Json, made));
    if (tree['not'] !== undefined) return !denies(tree['not'], made);
    const value = made[textAt(one, 'field') ?? ''] ?? '';
    if (tree['notIn'] !== undefined) return !(tree['notIn'] as readonly string[]).includes(value);
    if (tree['in'] !== undefined) return (tree['in'] as readonly string[]).includes(value);
    if (tree['like'] !== undefined) return value.startsWith('x');
    return tree['equals'] === value;
  }

  test('a region that is said to be closed lets nothing in, but the types that are listed', () => {
    fc.assert(
      fc.property(condition, (one) => {
        const rail = analyse([byCustom(one)]);
        const open = new Set(rail.allowed_regions);
        for (const location of regions.filter((region) => !open.has(region)))
          for (const type of ['a/b', 'c/d', 'e/f'])
            for (const name of ['x1', 'y1']) {
              const isListed = rail.gaps.includes(`type ${type}`);
              expect(denies(one, { location, type, name }) || isListed).toBe(true);
            }
      }),
      { numRuns: 2000 },
    );
  });
});
