import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Logger } from '@catchment/platform';
import { problemOf, type Problem } from './problem';

/** Answers every failure as problem details (RFC 9457), or as an OperationOutcome to who asks for FHIR. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const problem = problemOf(error);
    if (problem.status >= 500 && problem.code === 'exception') this.report(error, request);
    if (response.headersSent) {
      // A stream broke half-way: a cut connection is the only way left to say so.
      response.destroy();
      return;
    }
    response.status(problem.status).set('Cache-Control', 'no-store');
    if (wantsFhir(request))
      response.type('application/fhir+json').send(JSON.stringify(operationOutcome(problem)));
    else response.type('application/problem+json').send(JSON.stringify(problemDetails(problem)));
  }

  /** The stack, but no message: a database's message can quote a value. */
  private report(error: unknown, request: Request): void {
    const route = (request.route as { path?: string } | undefined)?.path ?? '';
    const stack = error instanceof Error ? framesOf(error) : undefined;
    const cause = error instanceof Error && error.cause instanceof Error ? framesOf(error.cause) : undefined;
    this.logger.error({ method: request.method, route, kind: nameOf(error), stack, cause }, 'request failed');
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.constructor.name : typeof error;
}

function framesOf(error: Error): string[] {
  const lines = error.stack?.split('\n') ?? [];
  return lines.filter((line) => /^\s+at /.test(line)).map((line) => line.trim());
}

function wantsFhir(request: Request): boolean {
  return request.path.startsWith('/fhir/') || (request.get('accept') ?? '').includes('application/fhir+json');
}

function problemDetails({ status, title, detail }: Problem): object {
  return { type: 'about:blank', status, title, ...(detail && { detail }) };
}

function operationOutcome({ code, title, detail }: Problem): object {
  return {
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'error', code, diagnostics: detail || title }],
  };
}
