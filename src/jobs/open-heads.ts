/** Repositories remembered; of the others it is not known what is open, which costs a request. */
const REPOSITORIES = 5_000;
/** Heads remembered, also those that are not open any more. */
const HEADS = 20_000;

export interface OpenHead {
  readonly number: number;
  readonly headSha: string;
}

/**
 * Which commits are the head of which open pull request, as far as this process knows: from sweeps,
 * which see everything, and from deliveries since. It may be forgotten at any time, and GitHub's
 * answers alone decide; a wrong "not alone" costs a request.
 */
export interface OpenHeads {
  /** A sweep read every open pull request of the repository. */
  learn(repositoryId: string, heads: readonly OpenHead[]): void;
  /** A delivery named the head of an open pull request. */
  seen(repositoryId: string, number: number, headSha: string): void;
  /** A delivery said, or a job found, that the pull request is closed. */
  closed(repositoryId: string, number: number): void;
  /** Other open pull requests that have the head which this one leaves for another. */
  leftBehind(repositoryId: string, number: number, next: string): readonly number[];
  /** A sweep or a delivery named this head before, of whatever pull request. */
  isKnown(repositoryId: string, headSha: string): boolean;
  /** Other open pull requests that have this head. */
  sharing(repositoryId: string, number: number, headSha: string): readonly number[];
  /** No other open pull request has this head. False while no sweep saw the repository. */
  isAlone(repositoryId: string, number: number, headSha: string): boolean;
}

interface Known {
  readonly headSha: string;
  /** No sweep ended since: one that had read its list before cannot contradict it. */
  readonly fresh: boolean;
}

interface Repository {
  swept: boolean;
  heads: Map<number, Known>;
}

export function createOpenHeads(limit = REPOSITORIES): OpenHeads {
  const repositories = new Map<string, Repository>();
  const named = new Set<string>();

  function name(repositoryId: string, headSha: string): void {
    const key = `${repositoryId}/${headSha}`;
    named.delete(key);
    named.add(key);
    const [oldest] = named;
    if (named.size > HEADS && oldest !== undefined) named.delete(oldest);
  }

  function sharing(repositoryId: string, number: number, headSha: string): readonly number[] {
    const heads = repositories.get(repositoryId)?.heads ?? new Map<number, Known>();
    return [...heads].flatMap(([other, known]) =>
      other !== number && known.headSha === headSha ? [other] : [],
    );
  }

  /** The repository, as the one that is forgotten last. */
  function touch(id: string): Repository {
    const repository = repositories.get(id) ?? { swept: false, heads: new Map() };
    repositories.delete(id);
    repositories.set(id, repository);
    const [oldest] = repositories.keys();
    if (repositories.size > limit && oldest !== undefined) repositories.delete(oldest);
    return repository;
  }

  return {
    learn(repositoryId, heads) {
      const repository = touch(repositoryId);
      const next = new Map<number, Known>();
      for (const { number, headSha } of heads) {
        next.set(number, { headSha, fresh: false });
        name(repositoryId, headSha);
      }
      for (const [number, known] of repository.heads) {
        if (known.fresh) next.set(number, { ...known, fresh: false });
      }
      repository.heads = next;
      repository.swept = true;
    },
    seen(repositoryId, number, headSha) {
      touch(repositoryId).heads.set(number, { headSha, fresh: true });
      name(repositoryId, headSha);
    },
    closed(repositoryId, number) {
      repositories.get(repositoryId)?.heads.delete(number);
    },
    leftBehind(repositoryId, number, next) {
      const own = repositories.get(repositoryId)?.heads.get(number)?.headSha;
      return own === undefined || own === next ? [] : sharing(repositoryId, number, own);
    },
    isKnown: (repositoryId, headSha) => named.has(`${repositoryId}/${headSha}`),
    sharing,
    isAlone(repositoryId, number, headSha) {
      if (repositories.get(repositoryId)?.swept !== true) return false;
      return sharing(repositoryId, number, headSha).length === 0;
    },
  };
}
