import { expect, it } from "vitest";
import { createGitHub } from "../../src/simulator/world.js";
import { removesTheFlag, settings, startConversation } from "./conversation.js";

it("The thread of a finding that is gone is resolved where the installation grants it", async () => {
  const github = await createGitHub();
  const { permissions } = github.app;
  github.askPermissions({ ...permissions, contents: "write" });
  const granting = await github.addRepository("granting/shop");
  github.askPermissions(permissions);
  const talk = await startConversation({ github });
  for (const [world, resolved] of [
    [granting, true],
    [github, false],
  ] as const) {
    await world.openPullRequest(removesTheFlag());
    const before = await world.waitForCheck(1);
    await world.push(1, { files: { "shop/settings.py": settings() } });
    await world.waitForCheck(1, ({ headSha }) => headSha !== before.headSha);
    expect(world.reviewComments(1)).toMatchObject([{ minimized: "resolved" }]);
    expect(world.forge.store.threads).toMatchObject([{ resolved }]);
  }
  await talk.end();
});
