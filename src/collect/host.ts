/** `s3.fr-par.scw.cloud`, `oos.eu-west-2.outscale.com`, `s3.gra.io.cloud.ovh.net`, `account.blob.core.windows.net`… */
const REGIONS: readonly RegExp[] = [
  /(?:^|\.)s3[.-](?:dualstack\.)?([a-z0-9-]+)\.(?:amazonaws\.(?:com|eu)|scw\.cloud|io\.cloud\.ovh\.(?:net|us)|perf\.cloud\.ovh\.net|ionoscloud\.com|clever-cloud\.com)/,
  /(?:^|\.)oos\.([a-z0-9-]+)\.outscale\.(?:com|hm)/,
  /(?:^|\.)sos-([a-z0-9-]+)\.exo\.io/,
  /(?:^|\.)([a-z0-9]+)\.your-objectstorage\.com/,
  /\.([a-z]{2}(?:-[a-z]+)+-\d)\.(?:rds|es|aoss|cache|elb|docdb|neptune)\.amazonaws\.(?:com|eu)/,
  /\.(?:efs|fsx|kafka)\.([a-z0-9-]+)\.amazonaws\.(?:com|eu)/,
  /\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.(?:com|eu)/,
  /(?:^|\.)(?:sqs|sns|dynamodb|kinesis|kms|secretsmanager|bedrock-runtime|email(?:-smtp)?)\.([a-z0-9-]+)\.amazonaws\.(?:com|eu)/,
  /(?:^|\.)([a-z]+-[a-z]+\d)-docker\.pkg\.dev/,
  /(?:^|\.)rg\.([a-z0-9-]+)\.scw\.cloud/,
];

/** The region code that a provider writes into the names of its hosts; null where there is none. */
export function regionOfHost(host: string): string | null {
  const name = host.toLowerCase();
  return REGIONS.map((pattern) => pattern.exec(name)?.[1]).find((one) => one !== undefined) ?? null;
}
