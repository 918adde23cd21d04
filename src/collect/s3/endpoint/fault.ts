/** What was wrong with an answer, by a code of Bercail's own where the endpoint gave none. */
export class EndpointFault extends Error {
  constructor(
    code:
      | 'EmptyAnswer'
      | 'UnexpectedAnswer'
      | 'AnswerTooLarge'
      | 'TimedOut'
      | 'GaveUp'
      | 'UnsafeName'
      | 'EndlessListing'
      | 'NotDeclared',
  ) {
    super(code);
    this.name = code;
  }
}
