import { appAuthor } from "../app-records.js";
import { invalidRequest } from "../errors.js";
import { REACTIONS, type Reactable, react } from "../reactions.js";
import { type Call, readChoice } from "../route.js";
import { reactionJson } from "../shapes.js";

/** 201 for a new reaction, 200 for one that was there. */
export function reactWith(call: Call, subject: Reactable) {
  const content = readChoice(call.body, "content", REACTIONS);
  if (content === undefined) throw invalidRequest('"content" wasn\'t supplied.');
  const { reaction, created } = react(call.forge, subject, appAuthor(call.app), content);
  return { status: created ? 201 : 200, body: reactionJson(reaction) };
}
