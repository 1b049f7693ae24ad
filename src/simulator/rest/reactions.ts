import { type Call, readChoice } from "../http/route.js";
import { reactionJson } from "../json/shapes.js";
import { appAuthor } from "../platform/app-records.js";
import { invalidRequest } from "../platform/errors.js";
import { REACTIONS, type Reactable, react } from "../reviews/reactions.js";

/** 201 for a new reaction, 200 for one that was there. */
export function reactWith(call: Call, subject: Reactable) {
  const content = readChoice(call.body, "content", REACTIONS);
  if (content === undefined) throw invalidRequest('"content" wasn\'t supplied.');
  const { reaction, created } = react(call.forge, subject, appAuthor(call.app), content);
  return { status: created ? 201 : 200, body: reactionJson(reaction) };
}
