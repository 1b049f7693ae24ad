import { DEFAULT_CONFIGURATION as DEFAULTS } from "../model/configuration.js";
import { choice, described, flag, integer, list, section, table, text } from "./shapes.js";

const MAX_ITEMS = 100;
const TEN_YEARS = 315_360_000;
/** GitHub takes a review with more comments, but nobody reads it. */
const MAX_COMMENTS = 50;

/** What other tools take for more than itself is refused, so that nobody believes it means that. */
const GLOB = text(
  /^(?!\/|\.{1,2}(?:\/|$))(?!.*(?:\/\/|\/\.{1,2}(?:\/|$)))[^\\{}[\]!]+$/,
  256,
  "a path from the root of the repository with *, ** and ? at most, and no longer than 256 characters",
);
const KEY_NAME = text(/[\p{L}\p{N}]/u, 100, "the name of a session key");
const FUNCTION = text(
  /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/,
  200,
  "the name of a function, with dots for the modules it stands in",
);

const globs = () => list(GLOB, MAX_ITEMS);

/** Everything that a configuration file may say; the rules under the ids of the catalogue. */
export function optionsOf(ruleIds: readonly string[]) {
  return section({
    rules: described(
      "What becomes of the findings of each rule: `off`, or the severity they get. A rule in preview never fails the check.",
      {},
      table(ruleIds, choice("off", "notice", "warning", "error")),
    ),
    "fail-on": described(
      "The severity from which a finding fails the check; `never` for none.",
      DEFAULTS.failOn,
      choice("error", "warning", "notice", "never"),
    ),
    paths: section({
      ignore: described(
        "Globs of files that are not reviewed. The check run names those that could have mattered.",
        DEFAULTS.ignoredPaths,
        globs(),
      ),
    }),
    settings: section({
      production: described(
        "Globs of settings modules that production uses, whatever their names say.",
        DEFAULTS.settings.production,
        globs(),
      ),
      development: described(
        "Globs of settings modules that production never uses: insecure values in them are silent.",
        DEFAULTS.settings.development,
        globs(),
      ),
    }),
    "session-cookie-age": section({
      max: described(
        "The longest lifetime of a session in seconds: a longer one up to here is silent, one beyond is a warning at least.",
        null,
        integer(1, TEN_YEARS),
      ),
    }),
    "sensitive-keys": section({
      add: described(
        "Session keys that hold a secret although their names do not say so. Without dots: the innermost key.",
        DEFAULTS.sensitiveKeys.add,
        list(KEY_NAME, MAX_ITEMS),
      ),
      allow: described(
        "Session keys that hold no secret although their names say so. What stands in `add` too counts as added.",
        DEFAULTS.sensitiveKeys.allow,
        list(KEY_NAME, MAX_ITEMS),
      ),
    }),
    "rotation-helpers": described(
      "Functions known to give the session a new key, by their name or by their import path.",
      DEFAULTS.rotationHelpers,
      list(FUNCTION, MAX_ITEMS),
    ),
    comments: section({
      max: described(
        "The number of live comments on one pull request; the rest stands in the check run.",
        DEFAULTS.comments.max,
        integer(0, MAX_COMMENTS),
      ),
      drafts: described(
        "Whether a draft is commented, and not only checked.",
        DEFAULTS.comments.drafts,
        flag(),
      ),
    }),
    accept: section({
      permission: described(
        "The role that a person needs to accept a finding.",
        DEFAULTS.acceptPermission,
        choice("write", "maintain", "admin"),
      ),
    }),
    "on-error": described(
      "The conclusion of a review that did not finish. GitHub takes `neutral` for passed.",
      DEFAULTS.onError,
      choice("failure", "neutral"),
    ),
  });
}

/** What one file says, as far as it says anything. */
export type WrittenConfiguration = NonNullable<ReturnType<ReturnType<typeof optionsOf>["read"]>>;
