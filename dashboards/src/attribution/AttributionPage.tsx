import { useState, type FormEvent } from 'react';
import type { AttributionRule, AttributionSetting } from '../../../apps/api/src/clinical/contract';
import { instantText } from '../design/format';
import { PageHeader } from '../design/PageHeader';
import { QueryView } from '../design/QueryView';
import { TableSkeleton } from '../design/Skeleton';
import { useMay } from '../session/abilities';
import { Preview } from './Preview';
import { useAttribution, useChooseRule } from './queries';
import { RuleFields } from './RuleFields';
import './attribution.css';

/** By which rule patients get a provider and a site; another one is tried before it is chosen. */
export default function AttributionPage() {
  const setting = useAttribution();
  return (
    <>
      <PageHeader
        title="Attribution"
        documentTitle="Attribution"
        subtitle="Which provider and site answer for whom. A new rule holds from the next evaluation on."
      />
      <QueryView query={setting} loading={<TableSkeleton label="Loading the rule" rows={6} />}>
        {(data) => <RuleEditor key={data.version} setting={data} />}
      </QueryView>
    </>
  );
}

function RuleEditor({ setting }: { setting: AttributionSetting }) {
  const mayChange = useMay('change:Attribution');
  const [rule, setRule] = useState(setting.rule);
  const changed = JSON.stringify(rule) !== JSON.stringify(setting.rule);
  return (
    <div className="columns-2 stack-top">
      <section className="panel" aria-label="Rule">
        <header className="panel-header">
          <div>
            <h2>{setting.version === 0 ? 'The service’s own rule' : `Rule ${setting.version}`}</h2>
            <p className="quiet">
              {setting.setBy
                ? `${setting.setBy}, ${instantText(setting.setAt)}: ${setting.reason}`
                : 'Nobody has chosen another one.'}
              {setting.version !== setting.publishedVersion &&
                ' The published numbers are of an earlier rule.'}
            </p>
          </div>
        </header>
        <div className="panel-body">
          <RuleFields rule={rule} disabled={!mayChange} onChange={setRule} />
          {changed && <ChooseForm rule={rule} onReset={() => setRule(setting.rule)} />}
        </div>
      </section>
      <Preview rule={rule} />
    </div>
  );
}

function ChooseForm({ rule, onReset }: { rule: AttributionRule; onReset: () => void }) {
  const [reason, setReason] = useState('');
  const choose = useChooseRule();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    choose.mutate({ rule, reason });
  };
  return (
    <form className="choose-rule" onSubmit={submit}>
      <label className="field">
        Reason
        <input
          className="input"
          required
          maxLength={500}
          placeholder="for example: contract of 2026"
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      <div className="choose-rule-actions">
        <button type="submit" className="button button-primary" disabled={choose.isPending}>
          Choose this rule
        </button>
        <button type="button" className="button button-quiet" onClick={onReset}>
          Back to the rule that holds
        </button>
      </div>
      {choose.isError && (
        <p className="inline-problem" role="alert">
          {choose.error.message}
        </p>
      )}
    </form>
  );
}
