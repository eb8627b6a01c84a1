import { Inject, Injectable, ServiceUnavailableException, type OnApplicationShutdown } from '@nestjs/common';
import type { Settings } from '@catchment/platform';
import { MartsReader, type Connection } from '@catchment/warehouse';
import { SETTINGS } from '../../settings.module';
import type { Publication } from '../contract';
import { readPublication } from './publication.query';
import { SnapshotCache } from './snapshot-cache';
import { withTimeLimit } from './time-limit';

/** One connection to one publication: everything that is read through it belongs to one run. */
export interface Marts {
  connection: Connection;
  publication: Publication;
  /** Remembers an answer for as long as this publication is the current one; see SnapshotCache. */
  readonly remember: <T>(key: unknown, compute: () => Promise<T>) => Promise<T>;
}

const queryLimitMs = 30_000;
/** Also of a caller who stops to receive. */
export const exportLimitMs = 10 * 60_000;
/** An export holds its connection for as long as the caller takes to receive it; the others stay for screens. */
const exportsAtOnce = 2;

/** The current publication, read-only. */
@Injectable()
export class MartsService implements OnApplicationShutdown {
  private readonly reader: MartsReader;
  private readonly cache = new SnapshotCache();
  private published = false;
  private exports = 0;

  constructor(@Inject(SETTINGS) settings: Settings) {
    this.reader = new MartsReader(settings.dataDir);
  }

  /**
   * Runs the work on the current publication.
   * @throws ServiceUnavailableException while nothing is published, or when the work takes longer than 30 s
   */
  async read<T>(work: (marts: Marts) => Promise<T>, limitMs = queryLimitMs): Promise<T> {
    this.requirePublication();
    return this.reader.read((connection, { file }) =>
      withTimeLimit(connection, limitMs, async () => {
        const remember = <V>(key: unknown, compute: () => Promise<V>) =>
          this.cache.remember(file, JSON.stringify(key), compute);
        const publication = await remember('publication', () => readPublication(connection));
        return work({ connection, publication, remember });
      }),
    );
  }

  /**
   * The same, once for each publication and key.
   * @param key everything that the answer depends on besides the publication; it holds the scope of who asks
   */
  async remember<T>(key: unknown, work: (marts: Marts) => Promise<T>): Promise<T> {
    this.requirePublication();
    return this.cache.remember(await this.reader.key(), JSON.stringify(key), () => this.read(work));
  }

  /** Reads something long while it is sent. Two at once; who comes third is asked to try again. */
  async export(work: (marts: Marts) => Promise<void>): Promise<void> {
    if (this.exports >= exportsAtOnce) {
      throw new ServiceUnavailableException('other exports are running: try again in a moment');
    }
    this.exports++;
    try {
      await this.read(work, exportLimitMs);
    } finally {
      this.exports--;
    }
  }

  /** The run whose numbers are shown; undefined while nothing is published. */
  async currentRunId(): Promise<string | undefined> {
    if (!this.reader.isPublished()) return undefined;
    return this.read(({ publication }) => Promise.resolve(publication.runId));
  }

  onApplicationShutdown(): void {
    this.reader.close();
  }

  private requirePublication(): void {
    this.published ||= this.reader.isPublished();
    if (!this.published) throw new ServiceUnavailableException('no numbers are published yet');
  }
}
