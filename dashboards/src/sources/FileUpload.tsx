import { useRef, useState, type FormEvent } from 'react';
import type { SourceSummary } from '../../../apps/api/src/clinical/contract';
import { useUpload } from './queries';
import { bytesText } from './run-text';

/** Lays files into the folder of the source, one after the other; the service begins a run when they are there. */
export function FileUpload({ source }: { source: SourceSummary }) {
  const upload = useUpload(source.sourceId);
  const input = useRef<HTMLInputElement>(null);
  const [kept, setKept] = useState<string[]>([]);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const files = [...(input.current?.files ?? [])];
    setKept([]);
    try {
      for (const file of files) {
        const { name, bytes } = await upload.mutateAsync(file);
        setKept((before) => [...before, `${name}, ${bytesText(bytes)}`]);
      }
      if (input.current) input.current.value = '';
    } catch {
      // The mutation holds the error, which stands below.
    }
  };
  return (
    <section className="panel" aria-labelledby="file-upload">
      <div className="panel-header">
        <h2 id="file-upload">Files</h2>
        <span className="panel-note">
          {source.csv
            ? 'CSV files, also gzipped, named as the mapping says. All that wait are one extract: it is loaded as a whole and moves to “done”, or is refused as a whole and moves to “refused” with the reason.'
            : 'FHIR JSON, NDJSON and Bundles, each also gzipped, and zip archives of them. What was loaded moves to “done”, what cannot be read to “refused” with the reason.'}
        </span>
      </div>
      <form className="panel-body file-upload" onSubmit={(event) => void submit(event)}>
        <input ref={input} type="file" multiple required aria-label="Files to lay into the folder" />
        <button type="submit" className="button" disabled={upload.isPending}>
          {upload.isPending ? 'Sending…' : 'Send'}
        </button>
      </form>
      <div aria-live="polite">
        {kept.length > 0 && (
          <p className="panel-body upload-kept">
            In the folder: {kept.join('; ')}. A run begins within a minute, or with “Pull now”.
          </p>
        )}
      </div>
      {upload.isError && (
        <p className="inline-problem" role="alert">
          {upload.error.message}
        </p>
      )}
    </section>
  );
}
