/**
 * What is promised of conduct, and the tests that hold it: `file: name of a test in it`, files
 * without `test/` and `.test.ts`.
 */
export type Coverage = Readonly<Record<string, readonly string[]>>;

/** What goes wrong, by the number of the fault. */
export const FAULTS: Coverage = {
  "9 a delivery a hundred times at once": [
    "conversation/deliveries: that comes a hundred times at once is one review",
    "jobs/memory: makes a hundred deliveries of one push two runs",
  ],
  "10 one event under two ids": [
    "conversation/deliveries: that comes under two ids, as from two webhooks, is one review",
  ],
  "11 a redelivery after a failure of ours": [
    "conversation/deliveries: whose job came to nothing is worked off when it is sent again",
  ],
  "12 deliveries in any order": [
    "model/orders: opened, two pushes, another base and a close end in the state of the last head and base, in all 120 orders",
    "conversation/deliveries: that is late names a pull request, which is reviewed as it is by then",
  ],
  "13 all webhooks lost": [
    "conversation/hours: leave every open pull request with a completed check after five minutes",
    "conversation/sweep: reviews every open pull request whose delivery was lost, and comments once",
  ],
  "14 failed deliveries": [
    "conversation/sweep: has deliveries that failed sent again, once, and answers them",
    "jobs/redeliver-failed: are asked for once when they arrive then, also by another process",
  ],
  "15 killed at a request": [
    "process/crash: ends scenario %i as if it had never died, wherever that was",
  ],
  "16 killed at any time": [
    "model/model: whatever happens, and however it is told, ends as a review of the final state would",
    "process/shutdown: is completed by the next one within a minute, without another delivery",
  ],
  "17 two instances": [
    "conversation/two-bots: write one review when one hears of it after the other",
    "conversation/two-bots: write one review when both hear of it at once",
  ],
  "18 a 502 after the effect": [
    "conversation/lost-answers: is written once when GitHub did it and the answer was lost (%s)",
    "github/client: that is answered %i is sent once",
  ],
  "19 a connection lost after the effect": [
    "conversation/lost-answers: is written once when GitHub did it and the answer was lost (%s)",
    "github/client: is sent once when the connection is lost",
  ],
  "20 GitHub hangs": [
    "conversation/hours: to any request of a review is given up, and nothing is written twice",
    "conversation/trouble: is given up after 15 seconds and looked at again, so that nothing is written twice",
  ],
  "21 the secondary limit": [
    "conversation/trouble: is waited for as long as it says, and everything is written once then",
    "github/lane: without a time costs a minute, then two, four, eight, and never more than fifteen",
  ],
  "22 the primary limit": [
    "conversation/trouble: stops one installation until the reset and a second more, and no other",
    "github/client: wait for the reset of the primary limit and a second more",
  ],
  "23 one request in five fails": [
    "conversation/trouble: of one request in five lets every review end, and none be written twice",
  ],
  "24 an outage of two hours": [
    "conversation/hours: is heard through, and what it held up is reviewed when it ends",
    "jobs/memory: keeps a job through an outage of two hours, and tells of it once",
  ],
  "25 a token that ends": [
    "conversation/trouble: is replaced once in the middle of a review, which goes on",
  ],
  "26 an installation that is deleted": [
    "conversation/trouble: gets two more requests at most, and no other attempt",
  ],
  "27 one comment is refused": [
    "conversation/large-changes: whose comment GitHub refuses keeps its other comments, and the check names that one",
    "github/apply: posts one by one after 422, drops the refused one and names it in the check",
  ],
  "28 more than GitHub takes": [
    "conversation/verdict: has twenty comments in one review, and the rest in the check run",
    "github/apply: writes more annotations than a request takes in several, the verdict with the last",
    "github/apply: never puts more than thirty into one review",
    "core/render/check-summary: keeps any limit, names every kind of entry in its room, and halves no character",
  ],
  "29 SIGTERM with twenty jobs": [
    "process/shutdown: says at once that it is not ready, ends within 30 seconds and has lost nothing",
  ],
  "30 a pull request that always fails": [
    "conversation/trouble: ends with a failing check and a correlation id after five attempts, and delays nobody",
    "jobs/memory: lets a poisoned pull request delay nobody",
  ],
  "31 left in progress": [
    "process/shutdown: is completed by the next one within a minute, without another delivery",
  ],
  "32 a newer head": [
    "conversation/moving-heads: before %s leaves one comment and a check on the new head alone",
    "conversation/moving-heads: ends the check of the old head as cancelled, and names the new one",
  ],
  "33 another base": [
    "conversation/review: is judged on what it makes worse there, and still against the default branch",
    "conversation/shared-heads: is held against the default branch too, before and after it is turned around",
  ],
  "34 two pull requests with one head": [
    "conversation/shared-heads: fail in every order of their deliveries, also at once",
    "conversation/shared-heads: stay failed whichever of them is looked at last",
  ],
  "35 a fork is run again": [
    "conversation/re-runs: the check writes it again, also from a fork (%s)",
    "bot/delivery-to-work: means the pull request that the check was made for, never those that it lists",
  ],
  "36 a merge group": [
    "conversation/merge-queue: gets a verdict on what it is going to merge, and merges",
    "conversation/merge-queue: is told of what only the two together make worse",
  ],
  "37 a hundred pull requests at once": [
    "process/many: on one installation are reviewed within its limits, which are never met",
    "process/many: on %i installations are reviewed at once, each in its budget",
  ],
  "38 a hundred installations": [
    "process/many: on %i installations are reviewed at once, each in its budget",
  ],
  "40 a patch that is not there": [
    "conversation/hidden-changes: when a long diff before it leaves no patch for it",
    "conversation/hidden-changes: when the repository's attributes hide its diff",
    "github/list-files: never takes %s for the whole change",
  ],
  "41 files of every kind, and too many": [
    "conversation/large-changes: with more files than GitHub lists does not pass, and says so",
    "conversation/large-changes: that deletes the settings of production is reviewed by what takes effect then",
    "conversation/hidden-changes: when the file moves at the same time",
    "conversation/hidden-changes: a pointer of Git LFS",
    "github/list-files: recognises a submodule by the line that git writes",
  ],
  "50 names that are Markdown": [
    "core/render/safety: links and references only what we put there",
    "core/render/safety: is harmless whatever everything is called",
  ],
  "51 forged markers and foreign checks": [
    "conversation/review: is reviewed although a person pasted a comment of the bot",
    "conversation/acceptances: An acceptance that is written into our comment by someone else is not believed",
    "github/observe: does not trust a check of another App under our name",
  ],
  "52 storms and disguises of commands": [
    "conversation/storms: by the author is answered a few times a minute, by reactions alone",
    "conversation/storms: by a stranger does not use up what the others may do",
    "conversation/commands: in a quote, in code or in an edit is not a command",
    "core/commands/parse-command: with %s asks for nothing, in none of the commands",
  ],
  "56 unknown events and broken payloads": [
    "bot/delivery-to-work: No payload whatsoever makes a handler throw",
    "bot/server: that makes no sense is acknowledged and leaves no job: %j",
  ],
};
