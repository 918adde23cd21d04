import { describe, expect, test } from '@jest/globals';
import {
  region as aws,
  derivationOf,
  noteOf,
  type PlannedResource,
  planAssets,
  regionOf,
} from '../../setup/terraform.ts';

const providers = { aws: aws('eu-central-1') };
const subnet = { subnet_id: { references: ['aws_subnet.s.id', 'aws_subnet.s'] } };

type Case = readonly [
  what: string,
  resources: readonly PlannedResource[],
  address: string,
  region: string | null,
];

/** Run from a region and standing elsewhere, or told as standing elsewhere. */
const apart: readonly Case[] = [
  [
    'a disk in a local zone is in that zone, which may be in another country',
    [{ address: 'aws_ebs_volume.v', after: { availability_zone: 'eu-central-1-waw-1a' } }],
    'aws_ebs_volume.v',
    'eu-central-1-waw-1a',
  ],
  [
    'so is a server of AWS provider 6, whose region is that of the zone’s parent',
    [{ address: 'aws_instance.i', after: { region: 'us-east-1', availability_zone: 'us-east-1-scl-1a' } }],
    'aws_instance.i',
    'us-east-1-scl-1a',
  ],
  [
    'and one in a wavelength zone',
    [{ address: 'aws_instance.i', after: { availability_zone: 'eu-central-1-wl1-ber-wlz-1' } }],
    'aws_instance.i',
    'eu-central-1-wl1-ber-wlz-1',
  ],
  [
    'a server is where its subnet is',
    [
      { address: 'aws_subnet.s', after: { availability_zone: 'eu-central-1-waw-1a' } },
      {
        address: 'aws_instance.i',
        unknown: { subnet_id: true, availability_zone: true },
        expressions: subnet,
      },
    ],
    'aws_instance.i',
    'eu-central-1-waw-1a',
  ],
  [
    'on an outpost nobody can tell',
    [{ address: 'aws_ebs_volume.v', after: { outpost_arn: 'arn:aws:outposts:eu-central-1:1:outpost/op-1' } }],
    'aws_ebs_volume.v',
    null,
  ],
  [
    'nor of a bucket on one',
    [{ address: 'aws_s3control_bucket.b', after: { bucket: 'b', outpost_id: 'op-1' } }],
    'aws_s3control_bucket.b',
    null,
  ],
  [
    'a directory bucket may be in a local zone',
    [
      {
        address: 'aws_s3_directory_bucket.b',
        after: { location: [{ name: 'euc1-waw1-az1', type: 'LocalZone' }] },
      },
    ],
    'aws_s3_directory_bucket.b',
    null,
  ],
  [
    'or in a zone of its region',
    [
      {
        address: 'aws_s3_directory_bucket.b',
        after: { location: [{ name: 'euc1-az1', type: 'AvailabilityZone' }] },
      },
    ],
    'aws_s3_directory_bucket.b',
    'eu-central-1',
  ],
  [
    'a zone and a region that contradict each other tell nothing',
    [{ address: 'aws_ebs_volume.v', after: { availability_zone: 'us-east-1a' } }],
    'aws_ebs_volume.v',
    null,
  ],
  [
    'a zone of the region is in the region',
    [{ address: 'aws_ebs_volume.v', after: { availability_zone: 'eu-central-1c' } }],
    'aws_ebs_volume.v',
    'eu-central-1',
  ],
  [
    'a server in a subnet of the region is in the region',
    [
      { address: 'aws_subnet.s', after: { availability_zone: 'eu-central-1c' } },
      { address: 'aws_subnet.other', after: { availability_zone: 'eu-central-1-waw-1a' } },
      { address: 'aws_instance.i', unknown: { subnet_id: true }, expressions: subnet },
    ],
    'aws_instance.i',
    'eu-central-1',
  ],
  [
    'an extended zone of Azure is not where its region is',
    [{ address: 'azurerm_storage_account.a', after: { location: 'West US', edge_zone: 'losangeles' } }],
    'azurerm_storage_account.a',
    null,
  ],
  [
    'a snapshot of Google’s is not where its disk is',
    [{ address: 'google_compute_snapshot.s', after: { zone: 'europe-west9-a', source_disk: 'd' } }],
    'google_compute_snapshot.s',
    null,
  ],
  [
    'but where it is told to be',
    [{ address: 'google_compute_image.i', after: { storage_locations: ['europe-west9'] } }],
    'google_compute_image.i',
    'europe-west9',
  ],
];

describe('what its region does not place', () => {
  test.each(apart)('%s', async (_, resources, address, region) => {
    const assets = await planAssets({ providers, resources });
    expect(regionOf(assets, address)).toBe(region);
    if (region === null) expect(noteOf(assets, address)).not.toBe('');
    expect(derivationOf(assets, address).length).toBeGreaterThan(1);
  });
});
