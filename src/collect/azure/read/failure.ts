/** What the Resource Manager refused or could not do: its status and its code, never its message. */
export class ArmFailure extends Error {
  readonly statusCode: number | null;

  constructor(code: string, statusCode: number | null = null) {
    super(code);
    this.name = code;
    this.statusCode = statusCode;
  }
}
