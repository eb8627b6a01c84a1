import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { AuditTrailService, type Principal } from '@catchment/access';
import type { ListDto } from '../filters/panel.dto';

/** Leaves a trace of every list with names in it that somebody saw. */
@Injectable()
export class ListAuditService {
  constructor(private readonly audit: AuditTrailService) {}

  /** The filters are kept; of a search only that there was one, since it holds a name. */
  async record(
    by: Principal,
    request: Request,
    list: string,
    query: ListDto,
    detail: Record<string, unknown>,
  ): Promise<void> {
    const { q, cursor, limit, ...filter } = query;
    const paging = { limit, further: cursor !== undefined, searched: q !== undefined };
    await this.audit.record({
      actor: by.email,
      action: 'list-patients',
      objectType: list,
      address: request.ip,
      detail: { ...filter, ...paging, ...detail },
    });
  }
}
