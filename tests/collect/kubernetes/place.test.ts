import { describe, expect, test } from '@jest/globals';
import { readSources, withFiles } from '../../setup/template.ts';

const folder = 'tests/fixtures/kubernetes';
const places = { path: `${folder}/places.yaml`, provider: 'aws', region: 'eu-west-3', cluster: 'c' };
const composed = { path: `${folder}/composed/compose.yaml`, cluster: 'c' };

describe('a disk is where', () => {
  test.each([
    ['its class allows', 'PersistentVolumeClaim/dublin', 'eu-west-1a'],
    ['all zones of its class are', 'PersistentVolumeClaim/paris', 'eu-west-3'],
    ['its node is', 'PersistentVolume/tied', 'europe-west9-a'],
    ['the cluster is, when it is only told where not', 'PersistentVolume/not-there', 'eu-west-3'],
    ['the server of the share is', 'PersistentVolume/share', 'eu-west-1'],
    ['its pod has to be', 'StatefulSet/search/index', 'eu-central-1'],
  ])('%s', async (_, id, region) => {
    expect((await readSources('kubernetes', places)).fact(`c#${id}`, 'place.region')).toBe(region);
  });

  test('nobody can say when zones are in several regions: never in that of the cluster', async () => {
    const { fact, note } = await readSources('kubernetes', places);
    expect(fact('c#PersistentVolumeClaim/anywhere', 'place.region')).toBe('not_collected');
    expect(note('c#PersistentVolumeClaim/anywhere', 'place.region')).toContain('eu-west-3a, us-east-1a');
  });
});

describe('what is named', () => {
  test.each([
    ['in YAML in a config map', 's3.eu-central-1.amazonaws.com/carnet-yaml', 'object_store', 'eu-central-1'],
    ['in JSON in a config map', 'email-smtp.us-west-2.amazonaws.com', 'email', 'us-west-2'],
    ['in properties', 'db.abc.eu-north-1.rds.amazonaws.com', 'database', 'eu-north-1'],
    ['in a file of another form', 'carnet.blob.core.windows.net', 'object_store', 'not_collected'],
    ['in a script of a CronJob', 's3.rbx.io.cloud.ovh.net/carnet-night', 'object_store', 'rbx'],
    ['in arguments of a Job', 's3.nl-ams.scw.cloud/carnet-export', 'object_store', 'nl-ams'],
    ['in an argument, after a password with an @', 'db.vendor.example.com', 'database', 'not_collected'],
    ['by a service of an external name', 'grades.vendor.example.com', 'endpoint', 'not_collected'],
    ['by a secret', 'secret night/db/url', 'database', 'not_collected'],
  ])('%s is an asset', async (_, id, kind, region) => {
    const { observed, fact } = await readSources('kubernetes', places);
    expect(observed.assets.get(id)?.seen.kind).toBe(kind);
    expect(fact(id, 'place.region')).toBe(region);
  });

  test('holds no password, and a secret that is no address is nobody’s', async () => {
    const { observations } = await readSources('kubernetes', places);
    expect(JSON.stringify(observations)).not.toMatch(/hunter2|p@ss|ss@db|token/);
  });
});

describe('compose', () => {
  test('takes settings from env files, merge keys and what a service extends', async () => {
    const { observed, fact } = await readSources('kubernetes', composed);
    expect(fact('s3.eu-west-2.amazonaws.com/carnet-env', 'place.region')).toBe('eu-west-2');
    expect(fact('email-smtp.eu-west-1.amazonaws.com', 'place.region')).toBe('eu-west-1');
    expect(observed.assets.get('c#services/worker')?.seen.kind).toBe('container_service');
  });

  test('says what it leaves to files that are not here; what is optional is not missing', async () => {
    const { observed, observations } = await readSources('kubernetes', composed);
    expect(observed.gaps.map(({ subject }) => subject)).toEqual([
      'c#include/more.yaml',
      'c#services/db/secret.env',
      'c#services/far/extends',
    ]);
    expect(JSON.stringify(observations)).not.toContain('hunter2');
  });

  test('opens nothing outside its folder', async () => {
    const text = 'services: {a: {image: x, env_file: [../a.env, /etc/hostname]}}\n';
    await withFiles({ 'compose.yaml': text }, async (path) => {
      const { observed } = await readSources('kubernetes', { path: path('compose.yaml'), cluster: 'c' });
      expect(observed.gaps).toHaveLength(2);
    });
  });

  test('services that extend each other in a ring are read', async () => {
    const text = 'services: {a: {image: x, extends: b}, b: {image: y, extends: {service: a}}}\n';
    await withFiles({ 'compose.yaml': text }, async (path) => {
      const { observed } = await readSources('kubernetes', { path: path('compose.yaml'), cluster: 'c' });
      expect(observed.assets.has('c#services/a')).toBe(true);
    });
  });
});

test('what `helm install --dry-run` says around the manifests is no manifest', async () => {
  const text = `NAME: carnet
LAST DEPLOYED: Mon Sep  7 08:00:00 2026
NAMESPACE: default
STATUS: pending-install
HOOKS:
MANIFEST:
---
# Source: carnet/templates/pod.yaml
apiVersion: v1
kind: Pod
metadata: {name: a}

NOTES:
1. Get the address by running these commands:
  export POD=$(kubectl get pods -o jsonpath="{.items[0].metadata.name}" --template "{{ .x }}")
`;
  await withFiles({ 'a.yaml': text }, async (path) => {
    const { observed } = await readSources('kubernetes', { path: path('a.yaml'), cluster: 'c' });
    expect([...observed.assets.keys()]).toEqual(['c#Pod/a']);
    expect(observed.inputs).toMatchObject([{ defined: 1, assets: 1 }]);
    expect(observed.assets.get('c#Pod/a')?.evidence[0]?.ref).toMatch(/:9:1$/);
  });
});
