import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { pipeline } from 'node:stream/promises';
import { AuditTrailService, type Principal } from '@catchment/access';
import { exportLimitMs, MartsService, type Marts } from '../marts/marts.service';
import type { ExportFormat, FlatList } from './flat-list';
import { writeList } from './write-list';

const contentTypes: Record<ExportFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
  arrow: 'application/vnd.apache.arrow.stream',
};

export interface ExportRequest {
  by: Principal;
  request: Request;
  response: Response;
  format: ExportFormat;
  /** What is taken out: the beginning of the file's name, and of the audit entry. */
  name: string;
  /** Filters, for the audit entry; never what was searched for. */
  detail: Record<string, unknown>;
}

/** Sends whole lists as files, as they are read. */
@Injectable()
export class ExportService {
  constructor(
    private readonly marts: MartsService,
    private readonly audit: AuditTrailService,
  ) {}

  /** @param listOf reads what has to be known, and says which list to send */
  async send(
    { by, request, response, format, name, detail }: ExportRequest,
    listOf: (marts: Marts) => Promise<FlatList>,
  ): Promise<void> {
    await this.marts.export(async (marts) => {
      const { runId } = marts.publication;
      const parts = writeList(marts.connection, await listOf(marts), format);
      // A query that fails does so now, while the answer can still say it.
      const first = await parts.next();
      await this.audit.record({
        actor: by.email,
        action: 'export',
        objectType: name,
        address: request.ip,
        detail: { ...detail, format, runId },
      });
      response.set({
        'Content-Type': contentTypes[format],
        'Content-Disposition': `attachment; filename="${name}-${runId}.${format}"`,
      });
      try {
        await pipeline(chain(first, parts), response, { signal: AbortSignal.timeout(exportLimitMs) });
      } catch (error) {
        if (!isGone(error)) throw error;
      }
    });
  }
}

async function* chain<T>(
  first: IteratorResult<T, void>,
  rest: AsyncGenerator<T, void, undefined>,
): AsyncGenerator<T, void, undefined> {
  if (!first.done) yield first.value;
  yield* rest;
}

/** The caller closed the connection before the end, or did not receive for so long that we did. */
function isGone(error: unknown): boolean {
  const codes: unknown[] = ['ERR_STREAM_PREMATURE_CLOSE', 'ABORT_ERR'];
  return error instanceof Error && 'code' in error && codes.includes(error.code);
}
