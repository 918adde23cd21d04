/** Whether a path is the address of an object rather than a file. */
export function isRemote(path: string): boolean {
  return /^s3:\/\//i.test(path);
}
