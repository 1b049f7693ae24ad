/** A version of PEP 440, as far as its order depends on it. The epoch and local labels are left out: nothing reviewed here has them. */
export interface Version {
  readonly release: readonly number[];
  /** Pre-release as [phase, number]; a development release stands before all of them. */
  readonly pre: readonly ["dev" | "a" | "b" | "rc", number] | undefined;
  /** Number of a post-release; undefined for none. */
  readonly post: number | undefined;
}

const VERSION =
  /^v?(\d{1,8}(?:\.\d{1,8}){0,7})(?:[-_.]?(alpha|a|beta|b|preview|pre|c|rc)[-_.]?(\d{0,8}))?(?:(?:[-_.]?(?:post|rev|r)[-_.]?|-)(\d{1,8}))?(?:[-_.]?(dev)[-_.]?(\d{0,8}))?(?:\+[a-z0-9._-]*)?$/i;

const PHASES: Readonly<Record<string, "a" | "b" | "rc">> = {
  a: "a",
  alpha: "a",
  b: "b",
  beta: "b",
  c: "rc",
  rc: "rc",
  pre: "rc",
  preview: "rc",
};

/** Reads one version; undefined for what is none, wildcards among them. */
export function parseVersion(text: string): Version | undefined {
  const match = VERSION.exec(text.trim());
  if (match === null) return undefined;
  const [, release = "", phase, preNumber, post, dev, devNumber] = match;
  const named = phase === undefined ? undefined : PHASES[phase.toLowerCase()];
  return {
    release: release.split(".").map(Number),
    pre:
      named !== undefined
        ? [named, Number(preNumber || "0")]
        : dev !== undefined && post === undefined
          ? ["dev", Number(devNumber || "0")]
          : undefined,
    post: post === undefined ? undefined : Number(post),
  };
}

/** A final release from its segments. */
export function releaseOf(...segments: readonly number[]): Version {
  return { release: segments, pre: undefined, post: undefined };
}

/** Negative when `a` is the older one. Missing segments count as 0: 5.2 is 5.2.0. */
export function compareVersions(a: Version, b: Version): number {
  const segments = Math.max(a.release.length, b.release.length);
  for (let i = 0; i < segments; i++) {
    const difference = (a.release[i] ?? 0) - (b.release[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return (
    phaseRank(a) - phaseRank(b) || (a.pre?.[1] ?? 0) - (b.pre?.[1] ?? 0) || postOf(a) - postOf(b)
  );
}

function phaseRank({ pre }: Version): number {
  return pre === undefined ? 4 : ["dev", "a", "b", "rc"].indexOf(pre[0]);
}

function postOf({ post }: Version): number {
  return post ?? -1;
}

/** The first two segments: the series that Django supports as a whole. */
export function seriesOf({ release }: Version): string {
  return `${release[0] ?? 0}.${release[1] ?? 0}`;
}

/** As it is written in a release list, without a post-release. */
export function showVersion({ release, pre }: Version): string {
  return release.join(".") + (pre === undefined ? "" : `${pre[0]}${pre[1]}`);
}
