/** Decides whether a command is worth asking GitHub about. */
export interface CommandLimit {
  /** True at most so often a minute for one person on one pull request, and in one installation. */
  take(installationId: number, pullRequest: string, author: string): boolean;
}

const MINUTE = 60_000;

/**
 * Counted by person, so that nobody can use up what others may do. Commands that come while a job
 * runs become one job anyway.
 */
export function createCommandLimit(
  now: () => number,
  limits: { readonly perPullRequest: number; readonly perInstallation: number } = {
    perPullRequest: 3,
    perInstallation: 10,
  },
): CommandLimit {
  const uses = new Map<string, readonly number[]>();

  function recent(key: string, time: number): readonly number[] {
    return (uses.get(key) ?? []).filter((use) => use > time - MINUTE);
  }

  function forgetOld(time: number): void {
    for (const key of uses.keys()) {
      if (recent(key, time).length === 0) uses.delete(key);
    }
  }

  return {
    take(installationId, pullRequest, author) {
      const time = now();
      if (uses.size > 10_000) forgetOld(time);
      const ofPullRequest = `${installationId}/${pullRequest}@${author}`;
      const ofInstallation = `${installationId}@${author}`;
      const here = recent(ofPullRequest, time);
      const everywhere = recent(ofInstallation, time);
      if (here.length >= limits.perPullRequest) return false;
      if (everywhere.length >= limits.perInstallation) return false;
      uses.set(ofPullRequest, [...here, time]);
      uses.set(ofInstallation, [...everywhere, time]);
      return true;
    },
  };
}
