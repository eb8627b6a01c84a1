import { useState, type FormEvent } from 'react';
import type { SourceKeyRequest, SourceSummary } from '../../../apps/api/src/clinical/contract';
import { ChoiceField, TextField } from './Field';
import { useReplaceKey } from './queries';

/** The key pair that the source proves itself with: its public half for the server's operator, and a new pair. */
export function SourceKeyPanel({ source }: { source: SourceSummary }) {
  const { key } = source;
  return (
    <section className="panel" aria-labelledby="source-key">
      <div className="panel-header">
        <h2 id="source-key">Key</h2>
        <span className="panel-note">The private half stays in the service and is never shown.</span>
      </div>
      <div className="panel-body stack">
        {key ? (
          <dl className="source-facts key-facts">
            <div>
              <dt>Name and kind</dt>
              <dd>
                <code>{key.kid}</code> {key.alg}
              </dd>
            </div>
            <div>
              <dt>Address of the public keys, for the server</dt>
              <dd>
                <code>{`${window.location.origin}/.well-known/jwks.json`}</code>
              </dd>
            </div>
            <div>
              <dt>Public key, for servers that do not fetch it</dt>
              <dd>
                <textarea
                  className="input textarea key-text"
                  readOnly
                  rows={4}
                  aria-label="Public key as JWK"
                  value={key.jwk}
                  onFocus={(event) => event.target.select()}
                />
              </dd>
            </div>
          </dl>
        ) : (
          <p className="tone-worse">There is no key yet: no pull can get a token.</p>
        )}
        <ReplaceKey source={source} />
      </div>
    </section>
  );
}

const WAYS = [
  ['ES384', 'a new pair, ES384'],
  ['RS384', 'a new pair, RS384'],
  ['import', 'one that the server knows already'],
] as const;

function ReplaceKey({ source }: { source: SourceSummary }) {
  const [way, setWay] = useState<'ES384' | 'RS384' | 'import'>('ES384');
  const [privateKey, setPrivateKey] = useState('');
  const [keyId, setKeyId] = useState('');
  const replace = useReplaceKey(source.sourceId);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const request: SourceKeyRequest =
      way === 'import' ? { privateKey, ...(keyId && { keyId }) } : { alg: way };
    replace.mutate(request, { onSuccess: () => setPrivateKey('') });
  };
  return (
    <details className="field-group" open={!source.key}>
      <summary>{source.key ? 'Replace the key' : 'Make or import a key'}</summary>
      <form className="source-form" onSubmit={submit}>
        <ChoiceField id="key-way" label="Key" value={way} choices={WAYS} onChange={setWay} />
        {way === 'import' && (
          <>
            <TextField
              id="key-private"
              label="Private key"
              rows={5}
              required
              hint="JWK or PEM without a password, RSA or EC P-384."
              value={privateKey}
              onChange={setPrivateKey}
            />
            <TextField
              id="key-id"
              label="Its name at the server (kid)"
              hint="Empty: the kid of the JWK, else its thumbprint."
              value={keyId}
              onChange={setKeyId}
            />
          </>
        )}
        {source.key && <p className="quiet">The server refuses pulls until it knows the new public key.</p>}
        {replace.isError && (
          <p className="inline-problem form-problem" role="alert">
            {replace.error.message}
          </p>
        )}
        <div>
          <button type="submit" className="button" disabled={replace.isPending}>
            {replace.isPending ? 'Working…' : way === 'import' ? 'Import' : 'Make the key'}
          </button>
        </div>
      </form>
    </details>
  );
}
