import type { ReactionContent, ReactionRecord } from "../platform/store.js";
import type { Viewer } from "./access.js";
import { actorNode } from "./actor.js";
import { connect, type Paging } from "./connection.js";

/** GitHub's words for reactions: REST's, and GraphQL's, in the order it lists groups. */
const CONTENTS: readonly (readonly [ReactionContent, string])[] = [
  ["+1", "THUMBS_UP"],
  ["-1", "THUMBS_DOWN"],
  ["laugh", "LAUGH"],
  ["hooray", "HOORAY"],
  ["confused", "CONFUSED"],
  ["heart", "HEART"],
  ["rocket", "ROCKET"],
  ["eyes", "EYES"],
];

/** All eight groups, whether anyone reacted or not. */
export function reactionGroups(
  viewer: Viewer,
  reactions: readonly ReactionRecord[],
): readonly object[] {
  return CONTENTS.map(([content, name]) => {
    const these = reactions.filter((one) => one.content === content);
    return {
      content: name,
      viewerHasReacted: these.some((one) => one.author.appId === viewer.app.id),
      reactors: (args: Paging) =>
        connect(
          "reactors",
          these.map((one) => actorNode(one.author)),
          args,
        ),
    };
  });
}
