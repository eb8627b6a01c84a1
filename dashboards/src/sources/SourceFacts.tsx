import type { ReactNode } from 'react';
import type { BulkSource, SourceSummary, SqlSource } from '../../../apps/api/src/clinical/contract';
import { Chip } from '../design/Chip';
import { instantText } from '../design/format';
import { scheduleText, zonedText } from '../reports/schedule';

/** How a source is set up. */
export function SourceFacts({ source }: { source: SourceSummary }) {
  const { bulk, sql, dropFolder, cron, timeZone, nextRun, enabled, evaluateAfter, createdBy } = source;
  return (
    <section className="panel" aria-label="How it is set up">
      <dl className="source-facts">
        <Fact name="State">{enabled ? 'switched on' : <Chip tone="unknown">switched off</Chip>}</Fact>
        <Fact name="Schedule">
          {cron && timeZone
            ? `${scheduleText(cron)}, ${timeZone}`
            : dropFolder
              ? 'when files arrive'
              : 'on demand only'}
        </Fact>
        {nextRun && timeZone && <Fact name="Next run">{zonedText(nextRun, timeZone)}</Fact>}
        {bulk && <BulkFacts source={source} bulk={bulk} />}
        {sql && <SqlFacts source={source} sql={sql} />}
        {dropFolder && (
          <Fact name="Folder">
            <code>{dropFolder}</code>
          </Fact>
        )}
        <Fact name="After a complete pull">
          {evaluateAfter ? 'an evaluation run is asked for' : 'nothing'}
        </Fact>
        <Fact name="Set up by">{createdBy}</Fact>
      </dl>
    </section>
  );
}

function BulkFacts({ source, bulk }: { source: SourceSummary; bulk: BulkSource }) {
  const { watermark, lastFullAt, fullEveryDays } = source;
  return (
    <>
      <Fact name="Exported">{levelText(bulk)}</Fact>
      <Fact name="Resource types">{bulk.types.join(', ') || 'whatever the server has'}</Fact>
      {bulk.typeFilters.length > 0 && <Fact name="Type filters">{bulk.typeFilters.join(' · ')}</Fact>}
      {bulk.elements.length > 0 && <Fact name="Only the elements">{bulk.elements.join(', ')}</Fact>}
      <Fact name="Next pull asks for">
        {watermark === null || fullEveryDays === 0 ? 'everything' : `changes since ${watermark}`}
      </Fact>
      <Fact name="Everything is exported">
        {intervalText(fullEveryDays)}
        {lastFullAt && <span className="cell-second">last on {instantText(lastFullAt)}</span>}
      </Fact>
      <Fact name="Sign-in">
        {bulk.clientId === null ? 'none, an open server' : `client ${bulk.clientId}, ${bulk.scope}`}
      </Fact>
    </>
  );
}

function SqlFacts({ source, sql }: { source: SourceSummary; sql: SqlSource }) {
  const { watermark, lastFullAt, fullEveryDays } = source;
  return (
    <>
      <Fact name="Read">{sql.table === null ? 'a query' : <code>{sql.table}</code>}</Fact>
      <Fact name="Columns">
        {[
          `resources: ${sql.resourceColumn}`,
          sql.changedColumn && `last change: ${sql.changedColumn}`,
          sql.deletedColumn && `deletions: ${sql.deletedColumn}`,
        ]
          .filter(Boolean)
          .join(' · ')}
      </Fact>
      <Fact name="Connection">{TLS_TEXTS[sql.tls]}</Fact>
      {sql.changedColumn !== null && (
        <>
          <Fact name="Next pull asks for">
            {watermark === null || fullEveryDays === 0 ? 'everything' : `changes since ${watermark}`}
          </Fact>
          <Fact name="Everything is read">
            {intervalText(fullEveryDays)}
            {lastFullAt && <span className="cell-second">last on {instantText(lastFullAt)}</span>}
          </Fact>
        </>
      )}
      <Fact name="Rows that are gone">
        {sql.removesMissing ? 'a whole read takes away what it does not have' : 'nothing is taken away'}
      </Fact>
    </>
  );
}

const TLS_TEXTS: Record<SqlSource['tls'], string> = {
  verify: 'encrypted, certificate checked',
  encrypt: 'encrypted, certificate not checked',
  off: 'not encrypted, on this machine',
};

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function levelText({ level, groupId }: BulkSource): string {
  switch (level) {
    case 'group':
      return `the patients of group ${groupId}`;
    case 'patient':
      return 'all patients';
    case 'system':
      return 'everything';
  }
}

function intervalText(days: number | null): string {
  if (days === null) return 'the first time only';
  if (days === 0) return 'every time';
  return days === 1 ? 'once a day' : `after ${days} days`;
}
