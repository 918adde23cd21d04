import { spawn } from 'node:child_process';
import { S3Client, GetBucketTaggingCommand } from '@aws-sdk/client-s3';
process.env.AWS_ACCESS_KEY_ID = 'a'; process.env.AWS_SECRET_ACCESS_KEY = 'b';
const srv = spawn(process.execPath, ['/tmp/aws-a/server.ts', '300', '1000', '20'], { stdio: ['pipe', 'pipe', 'ignore'] });
const port = await new Promise<string>((r) => srv.stdout.once('data', (c) => r(String(c).trim())));
for (const retryMode of ['standard', 'adaptive'] as const) {
  const c = new S3Client({ endpoint: `http://127.0.0.1:${port}`, region: 'eu-west-3', forcePathStyle: true, retryMode, maxAttempts: 6 });
  const one = () => c.send(new GetBucketTaggingCommand({ Bucket: 'b' }));
  for (let i = 0; i < 50; i++) await one();
  const t = performance.now(); const cpu = process.cpuUsage(); let n = 0;
  await Promise.all(Array.from({ length: 8 }, async () => { for (let i = 0; i < 150; i++) { await one(); n++; } }));
  const w = performance.now() - t; const u = process.cpuUsage(cpu);
  console.log(retryMode, n, 'per call', (w * 8 / n).toFixed(2), 'cpu', ((u.user + u.system) / 1000 / n).toFixed(2), 'elu');
}
srv.stdin.end();
