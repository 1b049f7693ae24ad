/** Something that the person at the terminal can fix; the message is shown as it is. */
export class UserError extends Error {
  override name = "UserError";
}
